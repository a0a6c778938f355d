/**
 * A statistic of generated DNA beside that of real DNA, with bootstrap intervals (Efron and Tibshirani, "An introduction to the
 * bootstrap", chapters 8 and 13): blocks of each arm are drawn anew, independently, and both statistics see the same draw of
 * the reference.
 *
 * A divergence of resampled counts is larger than that of the counts themselves, by the noise of the resampling. So intervals
 * are percentiles shifted by the replicates' mean less the value. The difference of both arms has that noise on both sides.
 */

import { type AddressedRandom, addressedRandom } from "../random/addressed.ts";
import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import { quantile } from "../stats/uncertainty/quantile.ts";

/**
 * Numbers of one arm against the reference, always as many; NaN where one is not defined.
 *
 * @param own how often each block of the arm counts, [blocks]
 * @param reference the same of the reference
 */
export type Statistic = (own: Float64Array, reference: Float64Array) => Float64Array;

export interface ArmStatistics {
  readonly generated: Statistic;
  readonly real: Statistic;
}

export interface ResampleOptions {
  readonly seed: number;
  readonly replicates: number;
  /** default 0.95 */
  readonly confidence?: number;
}

/** A number with its error; what is not defined, or has none, is undefined. */
export interface Estimated {
  readonly value: number | undefined;
  readonly interval: ConfidenceInterval | undefined;
  /** standard deviation over replicates */
  readonly standardError: number | undefined;
}

/** A number of the generated arm, of the real one, and how they differ, draw by draw. */
export interface Compared {
  readonly generated: Estimated;
  readonly real: Estimated;
  /** generated − real */
  readonly difference: Estimated;
  /** generated / real; undefined where real is 0 */
  readonly ratio: Estimated;
}

/** Places of the arms among the draws. */
const ARM = { generated: 0, real: 1, reference: 2 } as const;
const KINDS = ["generated", "real", "difference", "ratio"] as const;
type Kind = (typeof KINDS)[number];

/** @param blocks of each arm; of one there is no interval */
export function compareArms(
  statistics: ArmStatistics,
  blocks: number,
  options: ResampleOptions,
): readonly Compared[] {
  const { seed, replicates, confidence = 0.95 } = options;
  const once = new Float64Array(blocks).fill(1);
  const values = kindsOf(statistics.generated(once, once), statistics.real(once, once));
  const numbers = values.generated.length;
  const rounds = blocks > 1 ? replicates : 0;
  const drawn = mapKinds(() => new Float64Array(numbers * rounds));
  const random = addressedRandom(seed, "bootstrap");
  const weights = { generated: once.slice(), real: once.slice(), reference: once.slice() };
  for (let round = 0; round < rounds; round++) {
    for (const arm of ["generated", "real", "reference"] as const) {
      drawBlocks(weights[arm], random, round, ARM[arm]);
    }
    const one = kindsOf(
      statistics.generated(weights.generated, weights.reference),
      statistics.real(weights.real, weights.reference),
    );
    for (const kind of KINDS) {
      for (let i = 0; i < numbers; i++) drawn[kind][i * rounds + round] = one[kind][i] as number;
    }
  }
  return Array.from({ length: numbers }, (_, i) =>
    mapKinds((kind) =>
      estimated(
        values[kind][i] as number,
        drawn[kind].subarray(i * rounds, (i + 1) * rounds),
        confidence,
      ),
    ),
  );
}

/** Draws as many blocks as there are, with replacement, and counts how often each came. */
function drawBlocks(
  weights: Float64Array,
  random: AddressedRandom,
  round: number,
  arm: number,
): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) {
    const block = random.integer(weights.length, round, draw, arm);
    weights[block] = (weights[block] as number) + 1;
  }
}

function kindsOf(generated: Float64Array, real: Float64Array): Record<Kind, Float64Array> {
  return {
    generated,
    real,
    difference: generated.map((value, i) => value - (real[i] as number)),
    ratio: generated.map((value, i) => value / (real[i] as number)),
  };
}

function mapKinds<T>(of: (kind: Kind) => T): Record<Kind, T> {
  return {
    generated: of("generated"),
    real: of("real"),
    difference: of("difference"),
    ratio: of("ratio"),
  };
}

function estimated(value: number, replicates: Float64Array, confidence: number): Estimated {
  if (!Number.isFinite(value)) {
    return { value: undefined, interval: undefined, standardError: undefined };
  }
  const known = replicates.filter(Number.isFinite).sort();
  if (known.length < 2) return { value, interval: undefined, standardError: undefined };
  const mean = known.reduce((sum, one) => sum + one / known.length, 0);
  const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const tail = (1 - confidence) / 2;
  const shift = value - mean;
  return {
    value,
    interval: { low: quantile(known, tail) + shift, high: quantile(known, 1 - tail) + shift },
    standardError: Math.sqrt(squares / (known.length - 1)),
  };
}
