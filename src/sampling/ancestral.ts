/**
 * Ancestral sampling (MDLM, arXiv:2406.07524, equation 7): time goes from 1 to 0 in equal steps; at each a masked
 * position is revealed with probability (m_t − m_s) / m_t, m the mask probability, by a base from the denoiser. All is
 * masked at the start, and the last step reveals the rest by sampling (MDLM's code takes the likeliest).
 *
 * A call computes the rows in which it reveals something, T(1 − (1 − 1/T)^L) of T calls for L free positions under
 * loglinear noise, whatever the batch. (MDLM's cache holds only while no row of the batch changes.)
 */

import type { NoiseSchedule } from "../diffusion/noise.ts";
import { Canvas } from "./canvas.ts";
import type { BaseChoice } from "./categorical.ts";
import type { Sampler } from "./sampler.ts";
import { type TimeStep, timeSteps } from "./time-steps.ts";

export interface TimeOptions extends BaseChoice {
  /** Steps of time; as many evaluations of the network at most. */
  readonly calls: number;
  /** Spreads the reveals over time; the denoiser sees no time. */
  readonly noise: NoiseSchedule;
}

export const ancestralSampler: Sampler<TimeOptions> = async (denoise, batch, options, random) => {
  const canvas = new Canvas(denoise, batch);
  for (const step of timeSteps(options.calls)) {
    const { call } = step;
    const probability = revealProbability(options.noise, step);
    const due = canvas.rows.map((row) =>
      canvas
        .masked(row)
        .filter(
          (position) => random.order.uniform(canvas.sample(row), call, position) < probability,
        ),
    );
    const uniform = (sample: number, position: number): number =>
      random.token.uniform(sample, call, position);
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};

/** 1 in the last step, also where the schedule leaves some noise at time 0. */
function revealProbability({ maskProbability }: NoiseSchedule, { t, s }: TimeStep): number {
  return s === 0 ? 1 : (maskProbability(t) - maskProbability(s)) / maskProbability(t);
}
