/**
 * SEDD with the absorbing process (arXiv:2310.16834): the network's outputs are log scores, trained by denoising score entropy. The
 * outputs are scaled as in SEDD's code and the network is not told the time: the score at a masked position is a factor of the
 * time alone times the law of its base, which no time changes (RADD, arXiv:2406.03736, theorem 1).
 */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import { countingEstimatorOf, type PositionNats } from "./counting-estimator.ts";
import { type MaskedTraining, mdlm } from "./mdlm.ts";
import type { NoiseSchedule } from "./noise.ts";
import type { Objective } from "./objective.ts";
import { WEIGHTED_TIME_SAMPLINGS } from "./time-sampling.ts";

/**
 * What the outputs o at a masked position cost, nats: ¼ Σ_y e^{o_y} − o_x + ln 4 − 1. It is −ln p(x) where e^o adds up to 4, and more
 * where it does not (ops/score-entropy.ts has the derivation, and the same in tensors).
 */
export const scoreNats: PositionNats = (outputs, row, base) => {
  let total = 0;
  for (let i = 0; i < BASE_COUNT; i++) total += Math.exp(outputs[row * BASE_COUNT + i] as number);
  const own = outputs[row * BASE_COUNT + base] as number;
  return total / BASE_COUNT - own + Math.log(BASE_COUNT) - 1;
};

/**
 * The objective under a noise schedule: MDLM's masks and weights, another loss. Times are drawn as SEDD's score entropy is weighted, by
 * σ′ of each: samplings that put the weight into the times are MDLM's alone.
 */
export function sedd(noise: NoiseSchedule, training: MaskedTraining = {}): Objective {
  const masked = mdlm(noise, training);
  return {
    ...masked,
    name: "sedd",
    loss: "score-entropy",
    likelihood: countingEstimatorOf(scoreNats),
    settings: { ...masked.settings, timeSamplings: WEIGHTED_TIME_SAMPLINGS, hasTimeSteps: false },
  };
}
