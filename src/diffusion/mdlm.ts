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
import { noiseDraw, TIME_SAMPLINGS, type TimeSampling } from "./time-sampling.ts";

/** How windows are masked for training. */
export interface MaskedTraining {
  /** First steps that mask lightly; during them the loss is no bound. */
  readonly maskWarmup?: number;
  /** Absent is stratified. */
  readonly timeSampling?: TimeSampling;
}

/** The objective under a noise schedule. */
export function mdlm(
  noise: NoiseSchedule,
  { maskWarmup = 0, timeSampling }: MaskedTraining = {},
): Objective {
  const draw = noiseDraw(noise, timeSampling);
  const lightDraw = noiseDraw(LIGHT_MASKS);
  return {
    name: "mdlm",
    process: "absorbing",
    headWidth: BASE_COUNT,
    attention: "full",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: countingEstimator,
    settings: { hasMaskWarmup: true, timeSamplings: TIME_SAMPLINGS },
    corrupt: (x0, index, globalBatch, random) => {
      const step = Math.floor(index / globalBatch);
      const drawn = (step < maskWarmup ? lightDraw : draw)(random.time, index, globalBatch);
      const xt = corrupt(x0, drawn.maskProbability, random.mask, index);
      const weight = Float32Array.from(xt, (id) => (id === MASK_ID ? drawn.weight : 0));
      return { xt, weight };
    },
  };
}
