/**
 * The analytic sampler (SEDD, arXiv:2310.16834, section 4.2; Tweedie's formula): the exact probabilities at time s for scores that
 * stay as they are at t. With Δ = σ(t) − σ(s), a masked position gets base y with probability e^Δ s_y (1 − e^−Δ), and
 * stays with e^Δ + (1 − e^Δ) Σ s, the sum over MASK's score of 1 too, which is what the bases leave. With the
 * scores of a denoiser it is ancestral sampling.
 */

import type { TimeOptions } from "./ancestral.ts";
import type { Sampler } from "./sampler.ts";
import { type Gain, scoreSampler } from "./score-form.ts";

/** e^Δ − 1 */
export const analyticGain: Gain = ({ sigma }, { t, s }) => Math.expm1(sigma(t) - sigma(s));

export const analyticSampler: Sampler<TimeOptions> = scoreSampler(analyticGain);
