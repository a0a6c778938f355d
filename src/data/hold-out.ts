/** Splits for those who name none or only some, as policies that are said aloud. */

import type { Contig } from "../genome/genome.ts";
import type { Interval } from "../genome/interval.ts";
import { mergeIntervals, type Splits } from "./splits.ts";

/** Share of every contig that is held out, half of it for valid, half for test. */
const HELD_OUT = 0.1;

/** Holds out the last tenth of every contig: its first half is valid, its second test. */
export function holdOutContigEnds(contigs: readonly Contig[]): Splits {
  const splits = { train: [] as Interval[], valid: [] as Interval[], test: [] as Interval[] };
  for (const { name, length } of contigs) {
    const validStart = Math.floor(length * (1 - HELD_OUT));
    const testStart = Math.floor(length * (1 - HELD_OUT / 2));
    splits.train.push({ contig: name, start: 0, end: validStart });
    splits.valid.push({ contig: name, start: validStart, end: testStart });
    splits.test.push({ contig: name, start: testStart, end: length });
  }
  return splits;
}

/** What is left of whole contigs without the intervals taken away. */
export function subtractIntervals(
  contigs: readonly Contig[],
  taken: readonly Interval[],
): Interval[] {
  const merged = mergeIntervals(taken);
  return contigs.flatMap(({ name, length }) => {
    const left: Interval[] = [];
    let start = 0;
    for (const interval of merged) {
      if (interval.contig !== name) continue;
      if (interval.start > start) left.push({ contig: name, start, end: interval.start });
      start = interval.end;
    }
    if (start < length) left.push({ contig: name, start, end: length });
    return left;
  });
}
