/** What is left of intervals when others are taken away. */

import type { Interval } from "../genome/interval.ts";
import { firstAbove } from "../util/first-above.ts";
import { mergeIntervals } from "./splits.ts";

/** Merged intervals by contig. */
type ByContig = ReadonlyMap<string, readonly Interval[]>;

/** Returns what `taken` leaves of each interval, in the order of `intervals`; those that overlap stay so. */
export function subtractIntervals(
  intervals: readonly Interval[],
  taken: readonly Interval[],
): Interval[] {
  const byContig = groupByContig(taken);
  return intervals.flatMap((interval) => {
    const { contig, end } = interval;
    const left: Interval[] = [];
    let { start } = interval;
    for (const hole of holesIn(interval, byContig)) {
      if (hole.start > start) left.push({ contig, start, end: hole.start });
      start = hole.end;
    }
    if (start < end) left.push({ contig, start, end });
    return left;
  });
}

/**
 * Returns what is left of each row cut into tiles of `length` bases from its start, without the tiles that touch `taken`
 * and the rest that fills none: runs of whole tiles.
 */
export function untouchedTiles(
  rows: readonly Interval[],
  length: number,
  taken: readonly Interval[],
): Interval[] {
  const byContig = groupByContig(taken);
  return rows.flatMap((row) => {
    const tiles = Math.floor((row.end - row.start) / length);
    const runs: Interval[] = [];
    const add = (from: number, to: number): void => {
      if (from >= to) return;
      runs.push({
        contig: row.contig,
        start: row.start + from * length,
        end: row.start + to * length,
      });
    };
    let from = 0;
    for (const hole of holesIn(row, byContig)) {
      add(from, Math.min(tiles, Math.floor(Math.max(0, hole.start - row.start) / length)));
      from = Math.ceil((hole.end - row.start) / length);
    }
    add(from, tiles);
    return runs;
  });
}

function groupByContig(intervals: readonly Interval[]): ByContig {
  const byContig = new Map<string, Interval[]>();
  for (const interval of mergeIntervals(intervals)) {
    const list = byContig.get(interval.contig);
    if (list === undefined) byContig.set(interval.contig, [interval]);
    else list.push(interval);
  }
  return byContig;
}

/** The merged intervals that share a base with `interval`, in order. */
function* holesIn({ contig, start, end }: Interval, byContig: ByContig): Generator<Interval> {
  const holes = byContig.get(contig) ?? [];
  const first = firstAbove(holes.length, (at) => (holes[at] as Interval).end, start);
  for (let i = first; i < holes.length && (holes[i] as Interval).start < end; i++) {
    yield holes[i] as Interval;
  }
}
