/** All windows of an epoch as a list, made by walking along each interval. */

import type { TileFrame } from "../../src/data/epoch-tiles.ts";
import type { Interval } from "../../src/genome/interval.ts";
import type { AddressedRandom } from "../../src/random/addressed.ts";

export function naiveEpochTiles(
  intervals: readonly Interval[],
  length: number,
  frame: TileFrame,
  frames: AddressedRandom,
  epoch: number,
): Interval[] {
  const tiles: Interval[] = [];
  let usable = 0; // intervals that hold a window
  for (const { contig, start, end } of intervals) {
    const most = sideBySide(start, end, length).length;
    if (most === 0) continue;
    const offset = frame === "fixed" ? 0 : frames.integer(length, epoch, usable, 0);
    const starts = sideBySide(start + offset, end, length);
    if (starts.length < most) {
      starts.push(start + frames.integer(end - start - length + 1, epoch, usable, 1));
    }
    for (const at of starts) tiles.push({ contig, start: at, end: at + length });
    usable++;
  }
  return tiles;
}

/** Starts of the windows that lie side by side from `from` to `end`. */
export function sideBySide(from: number, end: number, length: number): number[] {
  const starts: number[] = [];
  for (let at = from; at + length <= end; at += length) starts.push(at);
  return starts;
}
