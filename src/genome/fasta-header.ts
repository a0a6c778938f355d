/** The header line of a FASTA record: name up to the first blank, then a free description. */

export interface FastaHeader {
  readonly name: string;
  readonly description: string;
}

const CR = 0x0d;
/** One for all headers: making one costs more than decoding a header. */
const DECODER = /* @__PURE__ */ new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/**
 * Parses a header line without its ">" and line feed; white space before the name is skipped, as samtools does.
 *
 * @param parts bytes of the line, in pieces
 * @param refuse called with what is wrong: no name, not UTF-8, or a control character
 */
export function parseHeader(
  parts: readonly Uint8Array[],
  refuse: (what: string) => never,
): FastaHeader {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const line = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
  if (line.includes(CR)) {
    refuse(
      "expected line ends LF or CRLF, got a carriage return alone (convert it: tr '\\r' '\\n')",
    );
  }
  const control = line.find((byte) => (byte < 0x20 && byte !== 0x09) || byte === 0x7f);
  if (control !== undefined) {
    refuse(
      `expected text in the header, got control byte 0x${control.toString(16).padStart(2, "0")}`,
    );
  }
  const text = decode(line, refuse).replace(/^[ \t]+/, "");
  const blank = text.search(/[ \t]/);
  const name = blank < 0 ? text : text.slice(0, blank);
  if (name === "") refuse('expected a name after ">", got nothing');
  return { name, description: blank < 0 ? "" : text.slice(blank).trim() };
}

function decode(line: Uint8Array, refuse: (what: string) => never): string {
  try {
    return DECODER.decode(line);
  } catch {
    return refuse("expected a header in UTF-8, got other bytes");
  }
}
