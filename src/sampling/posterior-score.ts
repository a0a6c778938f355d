/**
 * Ancestral sampling of D3PM with absorbing noise (arXiv:2107.03006, section 3): the posterior with the network's prediction p over bases
 * and MASK in place of the clean base. With α = e^−σ, a masked position becomes base y in a step from t to s with probability
 *
 *   (α_s − α_t) p(y) / (1 − α_t + α_t m),  m = p(MASK),
 *
 * which is the gain e^{σ(t) − σ(s)} − 1 = (α_s − α_t) / α_t of the analytic sampler on the scores p_t(y) / p_t(MASK) of the noised
 * prediction, α_t p(y) / (1 − α_t + α_t m). What the bases leave is MASK's; the last step leaves it nothing. (MDLM's code leaves MASK
 * 1 − α_s alone, without the α_s m that its loss has.) What it ends with is the sample: the bound goes on to reconstruct bases from a clean
 * row, which a trained network copies.
 */

import { POSTERIOR_COLUMNS } from "../diffusion/discrete-posterior.ts";
import { logSoftmax } from "../diffusion/log-softmax.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import { analyticGain } from "./analytic.ts";
import type { TimeOptions } from "./ancestral.ts";
import type { Sampler } from "./sampler.ts";
import { type MaskedScore, scoreSampler } from "./score-form.ts";

/** Writes the scores of a masked position to `score` [5]: p(y) / (e^σ − 1 + m) for a base, 1 for MASK; outputs are [rows, 5]. */
export const posteriorScore: MaskedScore = (outputs, row, sigma, score) => {
  const logProbs = new Float64Array(POSTERIOR_COLUMNS);
  logSoftmax(outputs, row, logProbs);
  const least = Math.expm1(sigma) + Math.exp(logProbs[BASE_COUNT] as number);
  for (let base = 0; base < BASE_COUNT; base++)
    score[base] = Math.exp(logProbs[base] as number) / least;
  score[BASE_COUNT] = 1;
};

export const posteriorSampler: Sampler<TimeOptions> = scoreSampler(analyticGain, posteriorScore);
