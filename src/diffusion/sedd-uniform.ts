/**
 * SEDD with the uniform process (arXiv:2310.16834), its noise of A, C, G, T alone: the network is told the noise, and its outputs are
 * the logarithms of the ratios p_t(y) / p_t(z), that of the base which a position shows taken as 0, trained by denoising score entropy.
 */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { NoiseSchedule } from "./noise.ts";
import type { Objective } from "./objective.ts";
import { udlm } from "./udlm.ts";
import { uniformEstimatorOf } from "./uniform-estimator.ts";
import type { LogScores } from "./uniform-ratios.ts";

/** Ratios that the outputs are themselves; outputs of zero are those of noise. */
export const outputScores: LogScores = (outputs, row, z, _redrawn, out) => {
  out.set(outputs.subarray(row * BASE_COUNT, (row + 1) * BASE_COUNT));
  out[z] = 0;
};

/** The objective under a noise schedule: UDLM's noise and weights, and outputs that are the ratios which UDLM finds by its law. */
export function seddUniform(noise: NoiseSchedule): Objective {
  return {
    ...udlm(noise),
    name: "sedd-uniform",
    loss: "output-ratios",
    likelihood: uniformEstimatorOf(outputScores),
  };
}
