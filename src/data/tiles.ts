/** Windows side by side: what evaluation reads. */

import { type Interval, intervalLength } from "../genome/interval.ts";

/** The tiles of some intervals. */
export interface Tiling {
  readonly windows: readonly Interval[];
  /** Bases at interval ends that no whole window covers. */
  readonly uncoveredBases: number;
}

/** Cuts each interval into windows of `length` bases from its start; a shorter rest is left out and counted. */
export function tileIntervals(intervals: readonly Interval[], length: number): Tiling {
  const windows: Interval[] = [];
  let uncoveredBases = 0;
  for (const interval of intervals) {
    const count = Math.floor(intervalLength(interval) / length);
    for (let i = 0; i < count; i++) {
      const start = interval.start + i * length;
      windows.push({ contig: interval.contig, start, end: start + length });
    }
    uncoveredBases += intervalLength(interval) - count * length;
  }
  return { windows, uncoveredBases };
}

/** Takes `count` of the windows, evenly spread; all when there are no more than that. */
export function spreadWindows(windows: readonly Interval[], count: number): Interval[] {
  if (windows.length <= count) return [...windows];
  return Array.from(
    { length: count },
    (_, i) => windows[Math.floor((i * windows.length) / count)] as Interval,
  );
}
