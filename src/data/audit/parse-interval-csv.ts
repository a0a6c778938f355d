/** The interval files of the Genomic Benchmarks: CSV with the header id,region,start,end,strand; 0-based, half-open. */

import { TableError } from "../../errors.ts";
import type { LabelledInterval } from "./labelled-interval.ts";

const HEADER = "id,region,start,end,strand";
/** Characters of one line. */
const MAX_LINE_CHARACTERS = 4096;

/**
 * Parses one class of one split.
 *
 * @param file what messages call the text
 * @throws {TableError} naming file and line
 */
export function parseIntervalCsv(text: string, file: string, label: string): LabelledInterval[] {
  const intervals: LabelledInterval[] = [];
  let lineNumber = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, text[end - 1] === "\r" && end > at ? end - 1 : end);
    at = end + 1;
    lineNumber++;
    const refuse = (what: string): never => {
      throw new TableError(`${file} line ${lineNumber}: ${what}`);
    };
    if (line.length > MAX_LINE_CHARACTERS) {
      refuse(`expected at most ${MAX_LINE_CHARACTERS} characters, got ${line.length}`);
    }
    if (lineNumber === 1) {
      if (line !== HEADER) refuse(`expected the header ${HEADER}, got ${JSON.stringify(line)}`);
    } else if (line !== "") {
      intervals.push(parseLine(line, label, refuse));
    }
  }
  if (lineNumber === 0) throw new TableError(`${file}: expected the header ${HEADER}, got no text`);
  return intervals;
}

function parseLine(line: string, label: string, refuse: (what: string) => never): LabelledInterval {
  const columns = line.split(",");
  if (columns.length !== 5) refuse(`expected 5 columns (${HEADER}), got ${columns.length}`);
  const [, contig, startText, endText, strand] = columns as [
    string,
    string,
    string,
    string,
    string,
  ];
  if (contig === "") refuse("expected a region in column 2, got nothing");
  const start = position(startText, "start in column 3", refuse);
  const end = position(endText, "end in column 4", refuse);
  if (start >= end) refuse(`expected start < end, got start ${start} and end ${end}`);
  if (strand === "") return { contig, start, end, label };
  if (strand !== "+" && strand !== "-") {
    refuse(`expected +, - or nothing in column 5, got ${JSON.stringify(strand)}`);
  }
  return { contig, start, end, label, strand: strand as "+" | "-" };
}

function position(text: string, what: string, refuse: (what: string) => never): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  return refuse(`expected ${what} to be a whole number below 2^53, got ${JSON.stringify(text)}`);
}
