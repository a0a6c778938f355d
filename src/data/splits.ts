/** Which parts of a genome are for training, choosing and the final reading. */

import type { Interval } from "../genome/interval.ts";

export const SPLIT_NAMES = ["train", "valid", "test"] as const;

export type SplitName = (typeof SPLIT_NAMES)[number];

/** Intervals of each split; a split may be empty. */
export type Splits = Readonly<Record<SplitName, readonly Interval[]>>;

/** A stretch that lies in two splits. */
export interface SplitOverlap {
  readonly first: SplitName;
  readonly second: SplitName;
  readonly interval: Interval;
}

/** Returns every stretch that two different splits share; empty when the splits are disjoint. */
export function splitOverlaps(splits: Splits): SplitOverlap[] {
  const overlaps: SplitOverlap[] = [];
  for (const [i, first] of SPLIT_NAMES.entries()) {
    for (const second of SPLIT_NAMES.slice(i + 1)) {
      for (const interval of sharedStretches(splits[first], splits[second])) {
        overlaps.push({ first, second, interval });
      }
    }
  }
  return overlaps;
}

/** Stretches in both lists, by one sweep over the sorted intervals of each contig. */
function sharedStretches(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const sortedB = mergeIntervals(b);
  const shared: Interval[] = [];
  let from = 0;
  for (const x of mergeIntervals(a)) {
    while (from < sortedB.length && isBefore(sortedB[from] as Interval, x)) from++;
    for (let i = from; i < sortedB.length; i++) {
      const y = sortedB[i] as Interval;
      if (y.contig !== x.contig || y.start >= x.end) break;
      shared.push({
        contig: x.contig,
        start: Math.max(x.start, y.start),
        end: Math.min(x.end, y.end),
      });
    }
  }
  return shared;
}

/** Whether `x` ends before `y` starts in the order of (contig name, start). */
function isBefore(x: Interval, y: Interval): boolean {
  return x.contig < y.contig || (x.contig === y.contig && x.end <= y.start);
}

/** Sorts by contig name and start, and joins what touches or overlaps; empty intervals are left out. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const filled = intervals.filter(({ start, end }) => start < end);
  const sorted = filled.sort((x, y) =>
    x.contig === y.contig ? x.start - y.start : x.contig < y.contig ? -1 : 1,
  );
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && last.contig === interval.contig && interval.start <= last.end) {
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, interval.end) };
    } else {
      merged.push(interval);
    }
  }
  return merged;
}
