/**
 * The time of each training example: stratified over the global batch, as MDLM's code does with "antithetic"
 * sampling (an independent jitter a stratum), then squeezed into [1e-3, 1].
 */

import type { AddressedRandom } from "../random/addressed.ts";

/**
 * Smallest time drawn (MDLM's sampling_eps). The estimator's expectation is 1/(1 − 1e-3) ∫ over the mask
 * probabilities between maskProbability(1e-3) and maskProbability(1); what lies outside is not covered.
 */
export const MIN_TIME = 1e-3;

/**
 * Returns t in [1e-3, 1) of example `index`, which is number `index % globalBatch` of its step.
 *
 * @param random the stream `trainingTime`
 * @param index global example index: step × globalBatch + place in the batch
 */
export function trainingTime(random: AddressedRandom, index: number, globalBatch: number): number {
  return timeOf(stratifiedUniform(random, index, globalBatch));
}

/** Returns u in [0, 1) of example `index`, of its own stratum of `globalBatch`. */
export function stratifiedUniform(
  random: AddressedRandom,
  index: number,
  globalBatch: number,
): number {
  const stratum = index % globalBatch;
  return (stratum + random.uniform(index)) / globalBatch;
}

/** Returns the time of a uniform. */
export function timeOf(u: number): number {
  return (1 - MIN_TIME) * u + MIN_TIME;
}
