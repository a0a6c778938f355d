/** Many intervals, asked which of them lies most on another, without looking at them all. */

import type { Interval } from "../../genome/interval.ts";
import { firstAbove } from "../../util/first-above.ts";

export interface IntervalIndex {
  /** Intervals that differ from all others in contig, start or end; of equal ones one. */
  readonly distinct: number;
  /** Bases of `interval` that lie in the one that covers most of it; 0 where none touches it. */
  longestOverlap(interval: Interval): number;
  /** Whether one has the same contig, start and end. */
  has(interval: Interval): boolean;
}

/** The distinct intervals of one contig, by start, then by end. */
interface Sorted {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Largest end up to and with each. */
  readonly reach: Float64Array;
}

/** Sorts `intervals` once; every question is a binary search and a short walk. */
export function intervalIndex(intervals: readonly Interval[]): IntervalIndex {
  const byContig = new Map<string, Interval[]>();
  for (const interval of intervals) {
    const list = byContig.get(interval.contig);
    if (list === undefined) byContig.set(interval.contig, [interval]);
    else list.push(interval);
  }
  const sorted = new Map([...byContig].map(([contig, list]) => [contig, sortDistinct(list)]));
  let distinct = 0;
  for (const { starts } of sorted.values()) distinct += starts.length;
  return {
    distinct,
    longestOverlap({ contig, start, end }) {
      const others = sorted.get(contig);
      return others === undefined ? 0 : longestOf(others, start, end);
    },
    has({ contig, start, end }) {
      const others = sorted.get(contig);
      if (others === undefined) return false;
      const { starts, ends } = others;
      for (
        let i = firstAbove(starts.length, (at) => starts[at] as number, start) - 1;
        i >= 0 && starts[i] === start;
        i--
      ) {
        if (ends[i] === end) return true;
      }
      return false;
    },
  };
}

function sortDistinct(intervals: Interval[]): Sorted {
  const order = intervals.sort((a, b) => a.start - b.start || a.end - b.end);
  const kept = order.filter(({ start, end }, i) => {
    const before = order[i - 1];
    return before === undefined || before.start !== start || before.end !== end;
  });
  let furthest = 0;
  return {
    starts: Float64Array.from(kept, ({ start }) => start),
    ends: Float64Array.from(kept, ({ end }) => end),
    reach: Float64Array.from(kept, ({ end }) => {
      furthest = Math.max(furthest, end);
      return furthest;
    }),
  };
}

/** Of those that begin at `start` or before, the furthest end decides; those that begin inside are looked at one by one. */
function longestOf({ starts, ends, reach }: Sorted, start: number, end: number): number {
  const inside = firstAbove(starts.length, (at) => starts[at] as number, start);
  const fromBefore = inside === 0 ? 0 : Math.min(end, reach[inside - 1] as number) - start;
  let longest = Math.max(0, fromBefore);
  for (let i = inside; i < starts.length; i++) {
    const from = starts[i] as number;
    if (end - from <= longest) break; // nor can a later one share more
    longest = Math.max(longest, Math.min(end, ends[i] as number) - from);
  }
  return longest;
}
