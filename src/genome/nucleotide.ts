/** Letters a FASTA of DNA may hold, and what each becomes: A C G T N stay, other IUPAC codes become N; the case stays. */

const KEPT = "ACGTN";
const AMBIGUOUS = "RYSWKMBDHV";
const CASE_BIT = 0x20;

/** What each byte becomes; 0 where it is no nucleotide code of DNA. U is refused: it is RNA. */
const NORMAL: Uint8Array = /* @__PURE__ */ makeTable();

/** The codes themselves; 0 elsewhere. */
const CODES: Uint8Array = /* @__PURE__ */ NORMAL.map((normal, byte) => (normal === 0 ? 0 : byte));

function makeTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (const letter of KEPT + AMBIGUOUS) {
    const code = letter.charCodeAt(0);
    const normal = (KEPT.includes(letter) ? letter : "N").charCodeAt(0);
    table[code] = normal;
    table[code | CASE_BIT] = normal | CASE_BIT;
  }
  return table;
}

/**
 * Copies `from[start … end)` to `to` at `at`, each base in its normal form.
 *
 * @returns `end`, or the index of the first byte that is no nucleotide code
 */
export function normaliseBases(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): number {
  return translate(NORMAL, from, start, end, to, at);
}

/** The same, but every code stays as it is. */
export function copyCodes(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): number {
  return translate(CODES, from, start, end, to, at);
}

function translate(
  table: Uint8Array,
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): number {
  let target = at;
  for (let i = start; i < end; i++) {
    const byte = table[from[i] as number] as number;
    if (byte === 0) return i;
    to[target++] = byte;
  }
  return end;
}

/** The half of a message that says what was expected and that `byte` came, with a guess at why. */
export function describeBadBase(byte: number): string {
  const isPrintable = byte > 0x20 && byte < 0x7f;
  const shown = isPrintable
    ? `"${String.fromCharCode(byte)}"`
    : `byte 0x${byte.toString(16).padStart(2, "0")}`;
  const reason = guess(byte);
  return `expected a nucleotide (A C G T N or another IUPAC code), got ${shown}${reason === undefined ? "" : ` (${reason})`}`;
}

function guess(byte: number): string | undefined {
  const letter = String.fromCharCode(byte).toUpperCase();
  if (letter === "U") return "is this RNA? write T for U";
  if ("EFIJLOPQXZ*".includes(letter)) return "is this a protein?";
  if (letter === "-" || letter === ".") return "is this an alignment? remove its gaps";
  if (letter === ";") return "comments are not part of FASTA: remove them";
  if (letter === " " || letter === "\t") return "remove the white space";
  if (letter === ">") return "a header begins a line";
  if (byte === 0x0d) return "a carriage return that ends no line";
  return undefined;
}
