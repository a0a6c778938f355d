/**
 * The bootstrap of a statistic that is too costly to compute anew for every draw: its first-order part (Efron and Tibshirani,
 * "An introduction to the bootstrap", 20.6). What a block adds is the statistic less its value without the block.
 */

import type { Statistic } from "./compare-arms.ts";

/** Values without each block of an arm; [blocks]. */
export interface WithoutBlocks {
  readonly own: Float64Array;
  /** Absent where the statistic does not look at the reference. */
  readonly reference?: Float64Array;
}

/** A statistic of one number. */
export function linearised(value: number, { own, reference }: WithoutBlocks): Statistic {
  return (weights, referenceWeights) => {
    let sum = value + effect(value, own, weights);
    if (reference !== undefined) sum += effect(value, reference, referenceWeights);
    return Float64Array.of(sum);
  };
}

function effect(value: number, without: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let block = 0; block < without.length; block++) {
    const more = (weights[block] as number) - 1;
    if (more !== 0) sum += more * (value - (without[block] as number)); // of one block there is nothing left
  }
  return sum;
}
