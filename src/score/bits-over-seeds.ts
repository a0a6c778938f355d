/**
 * Bits per base of one test under networks of several seeds: how well their mean is known for other seeds, and for other windows; and how
 * two kinds of networks differ, seed by seed and window by window. Both errors are given apart: the seeds share their windows.
 */

import { VerificationError } from "../errors.ts";
import { blockInterval, blockRatio } from "../stats/uncertainty/block-ratio.ts";
import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import {
  type SeedDifference,
  type SeedSummary,
  seedDifference,
  summariseSeeds,
} from "../stats/uncertainty/over-seeds.ts";

/** One test under the network of one seed, window by window in the order of the genome. */
export interface SeedWindows {
  readonly seed: number;
  /** [windows] −log p or a bound of it, nats */
  readonly nats: ArrayLike<number>;
  /** [windows] A, C, G, T; the same for all seeds */
  readonly bases: ArrayLike<number>;
}

export interface BitsOverSeeds extends SeedSummary {
  /** Of the mean, for other seeds; undefined for one seed, as is `interval` */
  readonly errorOverSeeds: number | undefined;
  /** Student's t over seeds */
  readonly interval: ConfidenceInterval | undefined;
  /** Of the mean, for other windows: over blocks of neighbours, each with all its seeds; undefined for one window */
  readonly errorOverWindows: number | undefined;
}

export interface BitsDifference {
  /** Of those that both have; Student's t */
  readonly overSeeds: SeedDifference;
  /** Over blocks of neighbouring windows, each with all its seeds. */
  readonly overWindows: {
    readonly standardError: number | undefined;
    readonly interval: ConfidenceInterval | undefined;
  };
}

/** @throws {RangeError} when there is no seed or no base */
export function bitsOverSeeds(seeds: readonly SeedWindows[]): BitsOverSeeds {
  const bits = seeds.map(bitsOf);
  const { interval } = seedDifference(
    bits,
    bits.map(() => 0),
  );
  const summary = summariseSeeds(bits);
  const { standardDeviation } = summary;
  const windows = blockRatio(meanNats(seeds), basesOf(seeds));
  return {
    ...summary,
    errorOverSeeds:
      standardDeviation === undefined ? undefined : standardDeviation / Math.sqrt(bits.length),
    interval,
    errorOverWindows:
      windows.standardError === undefined ? undefined : windows.standardError / Math.LN2,
  };
}

/**
 * The bits per base of `b` less those of `a`; undefined where they have no seed in common.
 *
 * @throws {VerificationError} when they are not of the same windows
 */
export function bitsDifference(
  a: readonly SeedWindows[],
  b: readonly SeedWindows[],
  confidence = 0.95,
): BitsDifference | undefined {
  const pairs = a.flatMap((one) => {
    const other = b.find(({ seed }) => seed === one.seed);
    return other === undefined ? [] : [[one, other] as const];
  });
  if (pairs.length === 0) return undefined;
  const first = pairs.map(([one]) => one);
  const second = pairs.map(([, other]) => other);
  const bases = basesOf([...first, ...second]);
  const [less, more] = [meanNats(first), meanNats(second)];
  const windows = blockRatio(
    more.map((nats, i) => (nats - (less[i] as number)) / Math.LN2),
    bases,
  );
  return {
    overSeeds: seedDifference(second.map(bitsOf), first.map(bitsOf), confidence),
    overWindows: {
      standardError: windows.standardError,
      interval: blockInterval(windows, confidence),
    },
  };
}

function bitsOf({ nats, bases }: SeedWindows): number {
  const sum = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((total, value) => total + value, 0);
  return sum(nats) / sum(bases) / Math.LN2;
}

/** [windows] */
function meanNats(seeds: readonly SeedWindows[]): Float64Array {
  const sums = new Float64Array(seeds[0]?.nats.length ?? 0);
  for (const { nats } of seeds) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (nats[i] as number);
  }
  return sums.map((sum) => sum / seeds.length);
}

function basesOf(seeds: readonly SeedWindows[]): ArrayLike<number> {
  const { bases } = seeds[0] as SeedWindows;
  const counts = Array.from(bases);
  for (const { seed, bases: own } of seeds) {
    if (own.length === counts.length && counts.every((count, i) => count === own[i])) continue;
    throw new VerificationError(
      `expected the same windows of every trial, got others of seed ${seed}: delete its evaluation, and it is made again`,
    );
  }
  return bases;
}
