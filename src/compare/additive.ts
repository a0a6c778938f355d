/** Measures that are functions of sums over sequences: counts of words, of pairs, of runs. */

import type { Arms } from "./arms.ts";
import { type AddSequence, blockCount, sumBlocks, weightedSums } from "./block-sums.ts";
import {
  type Compared,
  compareArms,
  type ResampleOptions,
  type Statistic,
} from "./compare-arms.ts";

export interface AdditiveMeasure {
  /** Sums of a sequence. */
  readonly width: number;
  readonly add: AddSequence;
  /** The measure's numbers of a set, from its sums and those of the reference; NaN where one is not defined. */
  readonly numbers: (own: Float64Array, reference: Float64Array) => Float64Array;
}

/** The numbers of a measure in both arms, in their order. */
export interface AdditiveComparison {
  readonly blocks: number;
  readonly numbers: readonly Compared[];
}

export function compareAdditive(
  measure: AdditiveMeasure,
  arms: Arms,
  options: ResampleOptions,
): AdditiveComparison {
  const blocks = blockCount(arms.generated.length);
  const sumsOf = (sequences: readonly Uint8Array[]) =>
    sumBlocks(sequences, blocks, measure.width, measure.add);
  const reference = sumsOf(arms.reference);
  const statistic = (sequences: readonly Uint8Array[]): Statistic => {
    const own = sumsOf(sequences);
    return (weights, referenceWeights) =>
      measure.numbers(weightedSums(own, weights), weightedSums(reference, referenceWeights));
  };
  const statistics = { generated: statistic(arms.generated), real: statistic(arms.real) };
  return { blocks, numbers: compareArms(statistics, blocks, options) };
}

/** Adds `term` to a sum. */
export function increase(sums: Float64Array, at: number, term: number): void {
  sums[at] = (sums[at] as number) + term;
}
