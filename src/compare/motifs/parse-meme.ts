/**
 * Motifs in MEME's minimal text format (meme-suite.org, "MEME motif format"), which JASPAR and others write too: of each motif
 * its letter-probability matrix. Alphabets other than ACGT are refused; log-odds matrices and all that people read are passed over.
 */

import { MotifError } from "../../errors.ts";
import { eachLine, type RefuseLine } from "../../genome/text-lines.ts";
import { MOST_COLUMNS, MOST_MOTIFS, type Motif, type MotifSet, USUAL_SITES } from "./motif.ts";

const MOST_CHARACTERS = 10_000;
/** A row of six digits sums to 1 within this; what is further off is no distribution. */
const SUM_TOLERANCE = 0.01;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A motif whose matrix is being read. */
interface OpenMotif {
  readonly name: string;
  readonly label: string | undefined;
  readonly line: number;
  /** Of its matrix; undefined before it begins. */
  width: number | undefined;
  sites: number;
  rows: number[];
  isClosed: boolean;
}

/**
 * Parses the text of a motif file.
 *
 * @param file what messages call it
 * @throws {MotifError} naming file and line, when it is no motif file of DNA, a matrix is cut or no distribution, or a name comes twice
 */
export function parseMeme(text: string, file: string): MotifSet {
  const motifs: Motif[] = [];
  const names = new Set<string>();
  let background: Float64Array = new Float64Array(4).fill(0.25);
  let open: OpenMotif | undefined;
  let isMeme = false;
  let isBackgroundNext = false;
  const refuseAt = (line: number, what: string): never => {
    throw new MotifError(`${file} line ${line}: ${what}`);
  };
  eachLine(text, MOST_CHARACTERS, refuseAt, (raw, lineNumber, refuse) => {
    const line = raw.trim();
    if (!isMeme && line !== "") {
      isMeme = /^MEME version \d/.test(line);
      if (!isMeme)
        refuse(
          `expected "MEME version 4" before all else, got ${shown(line)} (is this a motif file in MEME's format?)`,
        );
      return;
    }
    if (isBackgroundNext && line !== "") {
      background = parseBackground(line, refuse);
      isBackgroundNext = false;
      return;
    }
    if (line.startsWith("ALPHABET")) checkAlphabet(line, refuse);
    else if (line.startsWith("Background letter frequencies")) isBackgroundNext = true;
    else if (/^MOTIF(\s|$)/.test(line)) {
      if (open !== undefined) motifs.push(closed(open, refuseAt));
      open = begun(line, lineNumber, names, refuse);
      if (names.size > MOST_MOTIFS) refuse(`expected at most ${MOST_MOTIFS} motifs, got more`);
    } else if (line.startsWith("letter-probability matrix")) {
      if (open === undefined) return refuse("expected a line MOTIF before a matrix, got none");
      if (open.width !== undefined) refuse(`expected one matrix of motif ${open.name}, got two`);
      readMatrixLine(open, line, refuse);
    } else if (open?.width !== undefined && !open.isClosed) addRow(open, line, refuse);
  });
  if (!isMeme)
    throw new MotifError(`${file}: expected motifs in MEME's format, but the file is empty`);
  if (open !== undefined) motifs.push(closed(open, refuseAt));
  if (motifs.length === 0) throw new MotifError(`${file}: expected a line MOTIF, got none`);
  return { motifs, background };
}

function checkAlphabet(line: string, refuse: RefuseLine): void {
  if (/^ALPHABET\s*=\s*ACGT$/.test(line) || /^ALPHABET\s+"?DNA"?(\s|$)/.test(line)) return;
  refuse(
    `expected "ALPHABET= ACGT", got ${shown(line)} (motifs of RNA and proteins are not taken)`,
  );
}

/** `A 0.3 C 0.2 G 0.2 T 0.3`. */
function parseBackground(line: string, refuse: RefuseLine): Float64Array {
  const words = line.split(/\s+/);
  const numbers = [...words.entries()].flatMap(([i, word]) => (i % 2 === 1 ? [word] : []));
  const letters = words.filter((_, i) => i % 2 === 0).join("");
  if (letters !== "ACGT" || numbers.length !== 4) {
    refuse(`expected the background as "A 0.25 C 0.25 G 0.25 T 0.25", got ${shown(line)}`);
  }
  const background = distribution(numbers, "the background", refuse);
  if (background.some((p) => p === 0))
    refuse("expected no base of the background to be impossible, got 0");
  return background;
}

function begun(
  line: string,
  lineNumber: number,
  names: Set<string>,
  refuse: RefuseLine,
): OpenMotif {
  const [, name, label] = line.split(/\s+/);
  if (name === undefined) return refuse("expected a name after MOTIF, got none");
  if (names.has(name)) refuse(`expected names of motifs that are unique, got ${name} again`);
  names.add(name);
  return {
    name,
    label,
    line: lineNumber,
    width: undefined,
    sites: USUAL_SITES,
    rows: [],
    isClosed: false,
  };
}

/** `letter-probability matrix: alength= 4 w= 8 nsites= 20 E= 0`; what is not said is not known. */
function readMatrixLine(open: OpenMotif, line: string, refuse: RefuseLine): void {
  const said = (key: string): string | undefined =>
    new RegExp(`\\b${key}=\\s*(\\S+)`).exec(line)?.[1];
  const letters = said("alength");
  if (letters !== undefined && letters !== "4")
    refuse(`expected alength= 4, got ${shown(letters)}`);
  const width = said("w");
  open.width = width === undefined ? Number.POSITIVE_INFINITY : Number(width);
  if (
    width !== undefined &&
    !(/^\d+$/.test(width) && open.width >= 1 && open.width <= MOST_COLUMNS)
  ) {
    refuse(`expected w= to be 1 to ${MOST_COLUMNS} columns, got ${shown(width)}`);
  }
  const sites = said("nsites");
  if (sites === undefined) return;
  open.sites = NUMBER.test(sites) ? Number(sites) : Number.NaN;
  if (!(open.sites > 0)) refuse(`expected nsites= to be a positive number, got ${shown(sites)}`);
}

function addRow(open: OpenMotif, line: string, refuse: RefuseLine): void {
  const words = line.split(/\s+/);
  const isRow = line !== "" && NUMBER.test(words[0] as string);
  const rows = open.rows.length / 4;
  if (isRow && rows < (open.width as number)) {
    if (words.length !== 4)
      refuse(`expected 4 probabilities, of A, C, G and T, got ${words.length}`);
    if (rows === MOST_COLUMNS) refuse(`expected at most ${MOST_COLUMNS} columns, got more`);
    open.rows.push(...distribution(words, `a row of motif ${open.name}`, refuse));
    return;
  }
  if (isRow) refuse(`expected ${open.width} rows of motif ${open.name}, as its w= says, got more`);
  open.isClosed = line !== "" || open.rows.length > 0; // blank lines may stand before the rows
}

function closed(
  { name, label, line, width, sites, rows }: OpenMotif,
  refuseAt: (line: number, what: string) => never,
): Motif {
  if (width === undefined)
    refuseAt(line, `expected a letter-probability matrix of motif ${name}, got none`);
  const found = rows.length / 4;
  const expected = Number.isFinite(width) ? width : Math.max(1, found);
  if (found !== expected)
    refuseAt(line, `expected ${expected} rows of motif ${name}, got ${found} (is the file cut?)`);
  return {
    name,
    ...(label === undefined ? {} : { label }),
    probabilities: Float64Array.from(rows),
    sites,
  };
}

/** Four probabilities of sum 1; what is left of rounding is divided out. */
function distribution(words: readonly string[], what: string, refuse: RefuseLine): Float64Array {
  const numbers = Float64Array.from(words, (word) =>
    NUMBER.test(word) ? Number(word) : Number.NaN,
  );
  const wrong = numbers.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0)
    refuse(
      `expected probabilities between 0 and 1 in ${what}, got ${shown(words[wrong] as string)}`,
    );
  const sum = numbers.reduce((total, p) => total + p, 0);
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    refuse(
      `expected ${what} to sum to 1, got ${Number(sum.toFixed(4))} (are these counts or log-odds?)`,
    );
  }
  return numbers.map((p) => p / sum);
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
