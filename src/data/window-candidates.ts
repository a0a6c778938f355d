/** Which window is tried for which index, before anyone has read a base. */

import { RegionError } from "../errors.ts";
import { type Interval, intervalLength, type Strand } from "../genome/interval.ts";
import { addressedRandom } from "../random/addressed.ts";
import { permute } from "../random/permutation.ts";
import { epochTiles, type TileFrame } from "./epoch-tiles.ts";

export interface CandidateOptions {
  /** Bases of a window. */
  readonly length: number;
  readonly frame: TileFrame;
  /** Probability that a window is read from the other strand. */
  readonly reverseComplement: number;
  readonly seed: number;
}

/** Where a window lies and from which strand it is read. */
interface Candidate {
  readonly interval: Interval;
  readonly strand: Strand;
}

export interface WindowCandidates {
  /** Windows of an epoch. */
  readonly windows: number;
  /**
   * The candidate for window `index` of the run: with attempt 0 its tile of its epoch, which goes through all tiles in
   * an order of its own; with every later attempt another window by chance, for those that the limits refuse.
   */
  candidate(index: number, attempt: number): Candidate;
}

/**
 * Addresses windows in `intervals`; everything follows from the arguments, whoever asks and in whatever order.
 *
 * @throws {RegionError} when no interval holds a whole window
 */
export function windowCandidates(
  intervals: readonly Interval[],
  { length, frame, reverseComplement, seed }: CandidateOptions,
): WindowCandidates {
  const tiles = epochTiles(intervals, length, frame, addressedRandom(seed, "tileFrame"));
  const { windows } = tiles;
  if (windows === 0) {
    const longest = intervals.reduce(
      (most, interval) => Math.max(most, intervalLength(interval)),
      0,
    );
    throw new RegionError(
      `expected a training region of at least ${length} bases (--length), the longest has ${longest}: ` +
        "give longer regions or a smaller --length",
    );
  }
  const order = addressedRandom(seed, "epochOrder");
  const replacements = addressedRandom(seed, "window");
  const strands = addressedRandom(seed, "strand");
  const place = (index: number, attempt: number): Interval => {
    if (attempt > 0) return tiles.drawn(replacements, index, attempt);
    const epoch = Math.floor(index / windows);
    return tiles.tile(epoch, permute(index % windows, windows, order, epoch));
  };
  return {
    windows,
    candidate: (index, attempt) => ({
      interval: place(index, attempt),
      strand: strands.uniform(index) < reverseComplement ? "-" : "+",
    }),
  };
}
