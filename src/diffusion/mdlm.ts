/**
 * MDLM: masked diffusion with the SUBS parameterisation and the continuous-time NELBO (arXiv:2406.07524,
 * equation 10), the network not told the time.
 */

import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { corrupt } from "./corrupt.ts";
import { countingEstimator } from "./counting-estimator.ts";
import { LIGHT_MASKS } from "./light-masks.ts";
import type { NoiseSchedule } from "./noise.ts";
import type { Objective } from "./objective.ts";
import { trainingTime } from "./training-time.ts";

/**
 * The objective under a noise schedule.
 *
 * @param maskWarmup first steps that mask lightly; during them the loss is no bound
 */
export function mdlm(noise: NoiseSchedule, maskWarmup = 0): Objective {
  return {
    name: "mdlm",
    headWidth: BASE_COUNT,
    attention: "full",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: countingEstimator,
    corrupt: (x0, index, globalBatch, random) => {
      const t = trainingTime(random.time, index, globalBatch);
      const step = Math.floor(index / globalBatch);
      const drawn = step < maskWarmup ? LIGHT_MASKS : noise;
      const xt = corrupt(x0, drawn.maskProbability(t), random.mask, index);
      const atMask = drawn.weight(t);
      const weight = Float32Array.from(xt, (id) => (id === MASK_ID ? atMask : 0));
      return { xt, weight };
    },
  };
}
