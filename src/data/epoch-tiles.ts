/**
 * Where the windows of an epoch lie: side by side in each interval, from another random frame in every epoch, found by
 * arithmetic. Over the epochs every start at which a whole window fits comes equally often within its interval.
 */

import { type Interval, intervalLength } from "../genome/interval.ts";
import type { AddressedRandom } from "../random/addressed.ts";
import { firstAbove } from "../util/first-above.ts";

/**
 * `random`: the tiles of an interval begin at an offset drawn for each epoch and interval, so that epochs differ and
 * windows lie across every tile border; `fixed`: at the interval's first base, in every epoch.
 */
export type TileFrame = "random" | "fixed";

export interface EpochTiles {
  /** Windows of an epoch: as many as fit side by side into each interval. */
  readonly windows: number;
  /** Window `slot` of `epoch`, slots counted from interval to interval. */
  tile(epoch: number, slot: number): Interval;
  /** A window by chance: a slot by `random`, its start anywhere in the slot's interval, or with fixed frames its tile. */
  drawn(random: AddressedRandom, index: number, attempt: number): Interval;
}

/**
 * Tiles `intervals` with windows of `length` bases. Intervals that overlap are tiled each for itself.
 *
 * A random frame is an offset in [0, length). Where it leaves room for one window fewer than fit from the first base, one more
 * begins at a random start, so that an epoch has the same count of windows whatever its frames and no start is preferred.
 *
 * @param frames drawn from at (epoch, interval)
 */
export function epochTiles(
  intervals: readonly Interval[],
  length: number,
  frame: TileFrame,
  frames: AddressedRandom,
): EpochTiles {
  const usable = intervals.filter((interval) => intervalLength(interval) >= length);
  const ends: number[] = []; // running count of slots
  let windows = 0;
  for (const interval of usable) {
    windows += Math.floor(intervalLength(interval) / length);
    ends.push(windows);
  }
  /** Interval of a slot, and which of its windows the slot is. */
  const place = (slot: number): { readonly i: number; readonly k: number } => {
    const i = firstAbove(ends.length, (at) => ends[at] as number, slot);
    return { i, k: slot - (i === 0 ? 0 : (ends[i - 1] as number)) };
  };
  const windowAt = (i: number, offset: number): Interval => {
    const { contig, start } = usable[i] as Interval;
    return { contig, start: start + offset, end: start + offset + length };
  };
  const starts = (i: number): number => intervalLength(usable[i] as Interval) - length + 1;

  return {
    windows,
    tile(epoch, slot) {
      const { i, k } = place(slot);
      if (frame === "fixed") return windowAt(i, k * length);
      const offset = frames.integer(length, epoch, i, 0) + k * length;
      return windowAt(i, offset < starts(i) ? offset : frames.integer(starts(i), epoch, i, 1));
    },
    drawn(random, index, attempt) {
      const slot = Math.floor(random.uniform(index, attempt, 0) * windows);
      const { i, k } = place(slot);
      if (frame === "fixed") return windowAt(i, k * length);
      return windowAt(i, random.integer(starts(i), index, attempt, 1));
    },
  };
}
