/** BED text (0-based, half-open) to intervals. Columns beyond the name are not read. */

import { BedError } from "../errors.ts";
import type { Interval } from "./interval.ts";

/** Largest BED that is read, in bytes of text. */
export const MAX_BED_BYTES: number = 2 ** 28;
/** Characters of one line. */
const MAX_LINE_CHARACTERS = 2 ** 20;

export interface BedInterval extends Interval {
  /** Column 4, absent where the line has three. */
  readonly name?: string;
}

/**
 * Parses BED text, in file order; blank lines, comments, `track` and `browser` lines are skipped.
 *
 * Columns are separated by tabs, or in a line without tabs by blanks.
 *
 * @param file what messages call the text
 * @throws {BedError} naming file and line
 */
export function parseBed(text: string, file: string): BedInterval[] {
  const intervals: BedInterval[] = [];
  let lineNumber = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, text[end - 1] === "\r" && end > at ? end - 1 : end);
    at = end + 1;
    lineNumber++;
    const refuse = (what: string): never => {
      throw new BedError(`${file} line ${lineNumber}: ${what}`);
    };
    if (line.length > MAX_LINE_CHARACTERS) {
      refuse(`expected at most ${MAX_LINE_CHARACTERS} characters, got ${line.length}`);
    }
    if (!/^\s*$|^#|^(?:track|browser)(?:\s|$)/.test(line)) intervals.push(parseLine(line, refuse));
  }
  return intervals;
}

function parseLine(line: string, refuse: (what: string) => never): BedInterval {
  const columns = line.includes("\t") ? line.split("\t") : line.split(/ +/);
  if (columns.length < 3) {
    refuse(`expected at least 3 columns (contig, start, end), got ${columns.length}`);
  }
  const [contig, startText, endText, name] = columns as [string, string, string, string?];
  if (contig === "") refuse("expected a contig in column 1, got nothing");
  const start = position(startText, "start in column 2", refuse);
  const end = position(endText, "end in column 3", refuse);
  if (start > end) refuse(`expected start <= end, got start ${start} and end ${end}`);
  return name === undefined || name === "" ? { contig, start, end } : { contig, start, end, name };
}

function position(text: string, what: string, refuse: (what: string) => never): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  return refuse(`expected ${what} to be a whole number below 2^53, got ${JSON.stringify(text)}`);
}
