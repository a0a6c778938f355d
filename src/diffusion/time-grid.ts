/** Discrete time: a process in T steps instead of infinitely many (MDLM, arXiv:2406.07524, equation 8; D3PM, arXiv:2107.03006). */

import { binomialQuantile } from "../stats/binomial-quantile.ts";
import type { CountLaw } from "./counting-estimator.ts";
import type { NoiseSchedule } from "./noise.ts";

/**
 * Returns the mask probabilities m at the times 0, 1/T … 1, [steps + 1]: the schedule's, stretched to reach from 0 to 1, so that a
 * bound lacks no part at the ends; i/T of log-linear noise.
 */
export function gridMaskProbabilities(
  { maskProbability }: Pick<NoiseSchedule, "maskProbability">,
  steps: number,
): Float64Array {
  const [least, most] = [maskProbability(0), maskProbability(1)];
  return Float64Array.from(
    { length: steps + 1 },
    (_, i) => (maskProbability(i / steps) - least) / (most - least),
  );
}

/**
 * Returns the law of the number of masked bases under which the bound of a process in `steps` steps is n / k times the nats at them.
 *
 * A base that is masked at step i of the way to the data is shown with probability (mᵢ − mᵢ₋₁)/mᵢ, so that the bound is
 *
 *   Σᵢ (mᵢ − mᵢ₋₁)/mᵢ Σₖ C(n, k) mᵢᵏ (1 − mᵢ)ⁿ⁻ᵏ Sₖ  =  Σᵢ (mᵢ − mᵢ₋₁) Σₖ C(n − 1, k − 1) mᵢᵏ⁻¹ (1 − mᵢ)ⁿ⁻ᵏ · (n/k) Sₖ
 *
 * with Sₖ the mean of Σ −log p over k masked bases: i has probability mᵢ − mᵢ₋₁, and k − 1 is binomial. With ever more steps k is
 * uniform, as in continuous time; with one step all bases are masked.
 */
export function gridCounts(noise: NoiseSchedule, steps: number): CountLaw {
  const m = gridMaskProbabilities(noise, steps);
  return (bases, u) => {
    const i = m.findIndex((probability) => u < probability);
    const [from, to] = [m[i - 1] as number, m[i] as number];
    return 1 + binomialQuantile(bases - 1, to, (u - from) / (to - from));
  };
}
