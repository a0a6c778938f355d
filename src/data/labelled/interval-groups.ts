/** Labelled sequences that must not be parted since their intervals overlap. */

import type { Interval } from "../../genome/interval.ts";
import { disjointSets } from "./disjoint-sets.ts";

/**
 * Returns the group of each interval. Two that share a base are in one group, whatever their strands, and so are those that
 * others connect; an empty interval shares none. Groups are counted from 0 in the order of their first members.
 */
export function intervalGroups(intervals: readonly Interval[]): Int32Array {
  const at = (i: number): Interval => intervals[i] as Interval;
  const inOrder = [...intervals.keys()]
    .filter((i) => at(i).start < at(i).end)
    .sort((a, b) => compare(at(a).contig, at(b).contig) || at(a).start - at(b).start);
  const sets = disjointSets(intervals.length);
  let furthest: number | undefined; // of those on the contig that were passed, the one that ends last
  for (const i of inOrder) {
    const { contig, start, end } = at(i);
    if (furthest === undefined || at(furthest).contig !== contig) {
      furthest = i;
      continue;
    }
    if (start < at(furthest).end) sets.join(furthest, i);
    if (end > at(furthest).end) furthest = i;
  }
  return sets.groups();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
