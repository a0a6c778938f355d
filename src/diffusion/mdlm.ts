/**
 * MDLM: masked diffusion with the SUBS parameterisation and the continuous-time NELBO (arXiv:2406.07524,
 * equation 10), the network not told the time.
 */

import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { corrupt } from "./corrupt.ts";
import { countingEstimator, countingEstimatorOf } from "./counting-estimator.ts";
import { LIGHT_MASKS } from "./light-masks.ts";
import type { LikelihoodEstimator } from "./likelihood-estimator.ts";
import { NOISE_NAMES, type NoiseSchedule } from "./noise.ts";
import type { Objective } from "./objective.ts";
import { maskedNats } from "./subs.ts";
import { gridCounts } from "./time-grid.ts";
import { noiseDraw, TIME_SAMPLINGS, type TimeDraws } from "./time-sampling.ts";

/** How windows are masked for training. */
export interface MaskedTraining extends TimeDraws {
  /** First steps that mask lightly; during them the loss is no bound. */
  readonly maskWarmup?: number;
}

/** The objective under a noise schedule, in discrete time where it has steps: then loss and likelihood are the bound of so many. */
export function mdlm(
  noise: NoiseSchedule,
  { maskWarmup = 0, ...times }: MaskedTraining = {},
): Objective {
  const draw = noiseDraw(noise, times);
  const lightDraw = noiseDraw(LIGHT_MASKS);
  return {
    name: "mdlm",
    process: "absorbing",
    headWidth: BASE_COUNT,
    attention: "full",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: likelihoodOf(noise, times),
    settings: {
      hasMaskWarmup: true,
      timeSamplings: TIME_SAMPLINGS,
      hasTimeSteps: true,
      hasRandomLengths: true,
      noises: NOISE_NAMES,
    },
    corrupt: (x0, index, globalBatch, random) => {
      const step = Math.floor(index / globalBatch);
      const drawn = (step < maskWarmup ? lightDraw : draw)(random.time, index, globalBatch);
      const xt = corrupt(x0, drawn.maskProbability, random.mask, index);
      const weight = Float32Array.from(xt, (id) => (id === MASK_ID ? drawn.weight : 0));
      return { xt, weight };
    },
  };
}

function likelihoodOf(noise: NoiseSchedule, { timeSteps }: TimeDraws): LikelihoodEstimator {
  if (timeSteps === undefined) return countingEstimator;
  return { ...countingEstimatorOf(maskedNats, gridCounts(noise, timeSteps)), timeSteps };
}
