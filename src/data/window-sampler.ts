/**
 * Training windows at random positions, addressed: window i is a function of (seed, i), so any worker can make it
 * and a run can go on from any step. Positions are uniform over all starts at which a whole window fits.
 */

import { RegionError } from "../errors.ts";
import type { Genome } from "../genome/genome.ts";
import { type Interval, intervalLength } from "../genome/interval.ts";
import { addressedRandom } from "../random/addressed.ts";
import { mergeIntervals } from "./splits.ts";
import { baseCount, readWindow, type Window } from "./window.ts";

export interface WindowSamplerOptions {
  /** Bases of a window. */
  readonly length: number;
  /** Largest share of N in a window; one with more, or without a base, is drawn again. */
  readonly maxN: number;
  /** Probability that a window is read from the other strand. */
  readonly reverseComplement: number;
  readonly seed: number;
}

/** Draws of one window before giving up; reached only where almost everything is N. */
const MAX_ATTEMPTS = 1000;

export interface WindowSampler {
  /** Starts at which a whole window fits. */
  readonly positions: number;
  /** Returns window `index`. @throws {RegionError} when 1,000 draws gave too many N */
  window(index: number): Promise<Window>;
}

/**
 * Samples windows from `intervals`; overlapping intervals count once.
 *
 * @throws {RegionError} when no interval holds a whole window
 */
export function windowSampler(
  genome: Genome,
  intervals: readonly Interval[],
  { length, maxN, reverseComplement, seed }: WindowSamplerOptions,
): WindowSampler {
  const merged = mergeIntervals(intervals);
  const usable = merged.filter((interval) => intervalLength(interval) >= length);
  const ends: number[] = []; // running count of starts
  let positions = 0;
  for (const interval of usable) {
    positions += intervalLength(interval) - length + 1;
    ends.push(positions);
  }
  if (positions === 0) {
    throw new RegionError(
      `expected a training region of at least ${length} bases (--length), the longest of ${genome.name} has ` +
        `${merged.reduce((longest, interval) => Math.max(longest, intervalLength(interval)), 0)}: give longer regions or a smaller --length`,
    );
  }
  const where = addressedRandom(seed, "window");
  const strands = addressedRandom(seed, "strand");
  const intervalAt = (position: number): Interval => {
    const i = upperBound(ends, position);
    const { contig, start } = usable[i] as Interval;
    const offset = position - (i === 0 ? 0 : (ends[i - 1] as number));
    return { contig, start: start + offset, end: start + offset + length };
  };
  return {
    positions,
    window: async (index) => {
      const strand = strands.uniform(index) < reverseComplement ? "-" : "+";
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const position = Math.floor(where.uniform(index, attempt) * positions);
        const window = await readWindow(genome, intervalAt(position), strand);
        const bases = baseCount(window.ids);
        if (bases > 0 && (length - bases) / length <= maxN) return window;
      }
      throw new RegionError(
        `expected windows with at most ${Number((100 * maxN).toPrecision(12))} % N (--max-n) in the training regions of ${genome.name}, ` +
          `${MAX_ATTEMPTS} random ones had more: check the regions or raise --max-n`,
      );
    },
  };
}

/** Index of the first element above `value` in an ascending list. */
function upperBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
