/** BED text (0-based, half-open) to intervals. Beyond the name only the strand is read, where it is asked for. */

import { BedError } from "../errors.ts";
import type { Interval, Strand } from "./interval.ts";
import { eachLine, parsePosition, type RefuseLine } from "./text-lines.ts";

/** Largest BED that is read, in bytes of text. */
export const MAX_BED_BYTES: number = 2 ** 28;
/** Characters of one line. */
const MAX_LINE_CHARACTERS = 2 ** 20;

export interface BedInterval extends Interval {
  /** Column 4, absent where the line has three. */
  readonly name?: string;
  /** Column 6 where strands are asked for; absent where the line has fewer, or "." there. */
  readonly strand?: Strand;
}

export interface BedOptions {
  /** Whether column 6, where there is one, must be a strand. */
  readonly isStranded?: boolean;
}

/**
 * Parses BED text, in file order; blank lines, comments, `track` and `browser` lines are skipped.
 *
 * Columns are separated by tabs, or in a line without tabs by blanks.
 *
 * @param file what messages call the text
 * @throws {BedError} naming file and line
 */
export function parseBed(
  text: string,
  file: string,
  { isStranded = false }: BedOptions = {},
): BedInterval[] {
  const intervals: BedInterval[] = [];
  const refuseAt = (lineNumber: number, what: string): never => {
    throw new BedError(`${file} line ${lineNumber}: ${what}`);
  };
  eachLine(text, MAX_LINE_CHARACTERS, refuseAt, (line, _, refuse) => {
    if (!/^\s*$|^#|^(?:track|browser)(?:\s|$)/.test(line)) {
      intervals.push(parseLine(line, isStranded, refuse));
    }
  });
  return intervals;
}

function parseLine(line: string, isStranded: boolean, refuse: RefuseLine): BedInterval {
  const columns = line.includes("\t") ? line.split("\t") : line.split(/ +/);
  if (columns.length < 3) {
    refuse(`expected at least 3 columns (contig, start, end), got ${columns.length}`);
  }
  const [contig, startText, endText, name] = columns as [string, string, string, string?];
  if (contig === "") refuse("expected a contig in column 1, got nothing");
  const start = parsePosition(startText, "start in column 2", refuse);
  const end = parsePosition(endText, "end in column 3", refuse);
  if (start > end) refuse(`expected start <= end, got start ${start} and end ${end}`);
  const strand = isStranded ? parseStrand(columns[5], refuse) : undefined;
  return {
    ...{ contig, start, end },
    ...(name === undefined || name === "" ? {} : { name }),
    ...(strand === undefined ? {} : { strand }),
  };
}

function parseStrand(text: string | undefined, refuse: RefuseLine): Strand | undefined {
  if (text === undefined || text === "." || text === "") return undefined;
  if (text === "+" || text === "-") return text;
  return refuse(`expected a strand in column 6: +, - or ., got ${JSON.stringify(text)}`);
}
