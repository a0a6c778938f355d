/**
 * UDLM: diffusion with uniform noise over A, C, G, T, the continuous-time bound, and a network that is told the noise
 * (arXiv:2412.10193). Its outputs are logits of the clean base, of a law that should not see the position itself: the
 * bound is tight for p(x_i | all other positions of x_t), and not for p(x_i | x_t).
 */

import { BASE_COUNT, isBase } from "../tokens/alphabet.ts";
import { NOISE_NAMES, type NoiseSchedule } from "./noise.ts";
import { NO_SETTINGS, type Objective } from "./objective.ts";
import { trainingTime } from "./training-time.ts";
import { uniformEstimatorOf } from "./uniform-estimator.ts";
import { redraw } from "./uniform-noise.ts";
import { denoiserScores } from "./uniform-ratios.ts";

/**
 * The objective under a noise schedule, whose mask probability is that of a base to be redrawn. A position weighs σ′(t), so that the
 * loss is the integral of the bound, but for times below 1e-3 and the noise at time 1.
 */
export function udlm(noise: NoiseSchedule): Objective {
  return {
    name: "udlm",
    process: "uniform",
    headWidth: BASE_COUNT,
    attention: "full",
    isToldNoise: true,
    toldSchedule: noise.name,
    loss: "denoiser-ratios",
    settings: { ...NO_SETTINGS, timeSamplings: ["stratified"], noises: NOISE_NAMES },
    likelihood: uniformEstimatorOf(denoiserScores),
    corrupt: (x0, index, globalBatch, random) => {
      const t = trainingTime(random.time, index, globalBatch);
      const rate = noise.sigmaPrime(t);
      return {
        xt: redraw(x0, noise.maskProbability(t), random.mask, index),
        weight: Float32Array.from(x0, (id) => (isBase(id) ? rate : 0)),
        level: noise.sigma(t),
      };
    },
  };
}
