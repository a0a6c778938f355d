/** Splits for those who name none, as a policy that is said aloud. */

import type { Contig } from "../genome/genome.ts";
import type { Interval } from "../genome/interval.ts";
import type { Splits } from "./splits.ts";

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
