/** Windows side by side: what evaluation reads. A tile is found by arithmetic, so a whole genome's cost nothing. */

import { type Interval, intervalLength } from "../genome/interval.ts";

/** What fits into some intervals. */
export interface TileCount {
  /** Whole windows. */
  readonly windows: number;
  /** Bases at interval ends that no whole window covers. */
  readonly uncoveredBases: number;
}

/** Counts the windows of `length` bases that lie side by side from the start of each interval. */
export function tileCount(intervals: readonly Interval[], length: number): TileCount {
  let windows = 0;
  let uncoveredBases = 0;
  for (const interval of intervals) {
    const count = Math.floor(intervalLength(interval) / length);
    windows += count;
    uncoveredBases += intervalLength(interval) - count * length;
  }
  return { windows, uncoveredBases };
}

/** Returns `count` of those windows, evenly spread and in order; all when there are no more than that. */
export function spreadTiles(
  intervals: readonly Interval[],
  length: number,
  count: number,
): Interval[] {
  const { windows } = tileCount(intervals, length);
  const chosen: Interval[] = [];
  const wanted = Math.min(count, windows);
  let before = 0; // windows of the intervals that were passed
  for (const interval of intervals) {
    const here = Math.floor(intervalLength(interval) / length);
    for (; chosen.length < wanted; ) {
      const tile = spreadNumber(chosen.length, wanted, windows) - before;
      if (tile >= here) break;
      const start = interval.start + tile * length;
      chosen.push({ contig: interval.contig, start, end: start + length });
    }
    before += here;
  }
  return chosen;
}

/** The number of window `i` where `wanted` of `windows` are evenly spread. */
export function spreadNumber(i: number, wanted: number, windows: number): number {
  return Math.floor((i * windows) / wanted);
}
