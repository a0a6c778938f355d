/** Which test intervals the training intervals give away. Strands are not looked at. */

import { type Interval, intervalLength } from "../../genome/interval.ts";
import { intervalIndex } from "../audit/interval-index.ts";

/** 1 for those test intervals of which it is so, else 0. */
export interface IntervalLeaks {
  /** Is a training interval: the same contig, start and end. */
  readonly isCopy: Uint8Array;
  /** At least half of it is covered by one training interval. */
  readonly isHalfCovered: Uint8Array;
}

/** Looks every test interval up among the training intervals. Contigs are compared by name. */
export function intervalLeaks(
  test: readonly Interval[],
  train: readonly Interval[],
): IntervalLeaks {
  const { has, longestOverlap } = intervalIndex(train);
  return {
    isCopy: Uint8Array.from(test, (interval) => Number(has(interval))),
    isHalfCovered: Uint8Array.from(test, (interval) =>
      Number(2 * longestOverlap(interval) >= intervalLength(interval)),
    ),
  };
}
