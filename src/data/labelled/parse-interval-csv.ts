/** The interval files of the Genomic Benchmarks: CSV with the header id,region,start,end,strand; 0-based, half-open. */

import { TableError } from "../../errors.ts";
import { eachLine, parsePosition, type RefuseLine } from "../../genome/text-lines.ts";
import type { ListedInterval } from "./labelled-interval.ts";

const HEADER = "id,region,start,end,strand";
/** Characters of one line. */
const MAX_LINE_CHARACTERS = 4096;

/**
 * Parses one class of one split.
 *
 * @param file what messages call the text
 * @throws {TableError} naming file and line
 */
export function parseIntervalCsv(text: string, file: string, label: string): ListedInterval[] {
  const intervals: ListedInterval[] = [];
  const refuseAt = (lineNumber: number, what: string): never => {
    throw new TableError(`${file} line ${lineNumber}: ${what}`);
  };
  if (text === "") throw new TableError(`${file}: expected the header ${HEADER}, got no text`);
  eachLine(text, MAX_LINE_CHARACTERS, refuseAt, (line, lineNumber, refuse) => {
    if (lineNumber === 1) {
      if (line !== HEADER) refuse(`expected the header ${HEADER}, got ${JSON.stringify(line)}`);
    } else if (line !== "") {
      intervals.push(parseLine(line, label, refuse));
    }
  });
  return intervals;
}

function parseLine(line: string, label: string, refuse: RefuseLine): ListedInterval {
  const columns = line.split(",");
  if (columns.length !== 5) refuse(`expected 5 columns (${HEADER}), got ${columns.length}`);
  const [id, contig, startText, endText, strand] = columns as [
    string,
    string,
    string,
    string,
    string,
  ];
  if (id === "") refuse("expected an id in column 1, got nothing");
  if (contig === "") refuse("expected a region in column 2, got nothing");
  const start = parsePosition(startText, "start in column 3", refuse);
  const end = parsePosition(endText, "end in column 4", refuse);
  if (start >= end) refuse(`expected start < end, got start ${start} and end ${end}`);
  if (strand === "") return { id, contig, start, end, label };
  if (strand !== "+" && strand !== "-") {
    refuse(`expected +, - or nothing in column 5, got ${JSON.stringify(strand)}`);
  }
  return { id, contig, start, end, label, strand: strand as "+" | "-" };
}
