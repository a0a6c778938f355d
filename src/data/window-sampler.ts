/**
 * Training windows at random positions, addressed: window i is a function of (seed, i), so any worker can make it
 * and a run can go on from any step. Positions are uniform over all starts at which a whole window fits.
 */

import { RegionError } from "../errors.ts";
import type { Genome } from "../genome/genome.ts";
import { type Interval, intervalLength, type Strand } from "../genome/interval.ts";
import { addressedRandom } from "../random/addressed.ts";
import { mergeIntervals } from "./splits.ts";
import { tileCount } from "./tiles.ts";
import { baseCount, encodeWindow, readWindow, type Window } from "./window.ts";
import type { WindowSource } from "./window-source.ts";

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

/**
 * Samples windows from `intervals`; overlapping intervals count once.
 *
 * @throws {RegionError} when no interval holds a whole window
 */
export function windowSampler(
  genome: Genome,
  intervals: readonly Interval[],
  { length, maxN, reverseComplement, seed }: WindowSamplerOptions,
): WindowSource {
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
  const strandOf = (index: number): Strand =>
    strands.uniform(index) < reverseComplement ? "-" : "+";
  const drawn = (index: number, attempt: number): Interval =>
    intervalAt(Math.floor(where.uniform(index, attempt) * positions));
  const isUsable = ({ ids }: Window): boolean => {
    const bases = baseCount(ids);
    return bases > 0 && (length - bases) / length <= maxN;
  };
  const tooManyN = (): RegionError =>
    new RegionError(
      `expected windows with at most ${Number((100 * maxN).toPrecision(12))} % N (--max-n) in the training regions of ${genome.name}, ` +
        `${MAX_ATTEMPTS} random ones had more: check the regions or raise --max-n`,
    );
  const { readSync } = genome;
  return {
    windows: tileCount(merged, length).windows,
    window: async (index) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const window = await readWindow(genome, drawn(index, attempt), strandOf(index));
        if (isUsable(window)) return window;
      }
      throw tooManyN();
    },
    ...(readSync === undefined
      ? {}
      : {
          windowSync: (index) => {
            for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
              const interval = drawn(index, attempt);
              const window = encodeWindow(readSync(interval), interval, strandOf(index));
              if (isUsable(window)) return window;
            }
            throw tooManyN();
          },
        }),
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
