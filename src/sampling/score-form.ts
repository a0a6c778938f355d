/**
 * Sampling by scores (SEDD, arXiv:2310.16834): s_y = p_t(y) / p_t(z), the ratio of the probabilities of a row with y
 * and with z at one position.
 */

import type { NoiseSchedule } from "../diffusion/noise.ts";
import { type Logits, subsLogProbs } from "../diffusion/subs.ts";
import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import type { TimeOptions } from "./ancestral.ts";
import { Canvas } from "./canvas.ts";
import { drawBase } from "./categorical.ts";
import type { Sampler } from "./sampler.ts";
import { type TimeStep, timeSteps } from "./time-steps.ts";

/** Column of MASK in scores and probabilities, after the four bases. */
const MASK_COLUMN: number = BASE_COUNT;

/**
 * By how much a step of time multiplies the scores at a masked position: the result is the probabilities of its bases, and
 * what is left is MASK's.
 */
export type Gain = (noise: NoiseSchedule, step: TimeStep) => number;

/** Writes the scores of a masked position at total noise `sigma` to `score` [5], from row `row` of outputs [rows, 4]. */
export type MaskedScore = (
  outputs: Logits,
  row: number,
  sigma: number,
  score: Float64Array,
) => void;

/**
 * Writes the scores of a masked position under a denoiser to `score`: p(x₀ = y | x_t) / expm1(σ(t)) for a base, 1 for MASK.
 *
 * @param logits [rows, 4]
 * @param score [5]
 */
export const maskedScore: MaskedScore = (logits, row, sigma, score) => {
  subsLogProbs(logits, row, MASK_ID, score.subarray(0, BASE_COUNT));
  for (let base = 0; base < BASE_COUNT; base++) {
    score[base] = Math.exp(score[base] as number) / Math.expm1(sigma);
  }
  score[MASK_COLUMN] = 1;
};

/** Writes the scores that a network of SEDD has for a masked position: e^o / (4 expm1(σ)) for a base, 1 for MASK. */
export const scaledScore: MaskedScore = (outputs, row, sigma, score) => {
  for (let base = 0; base < BASE_COUNT; base++) {
    const output = outputs[row * BASE_COUNT + base] as number;
    score[base] = Math.exp(output) / BASE_COUNT / Math.expm1(sigma);
  }
  score[MASK_COLUMN] = 1;
};

/** Returns the probabilities, [5], after a step; where those of the bases exceed 1 together they have shares, and MASK 0. */
export function transition(score: Float64Array, gain: number): Float64Array {
  const after = score.map((value) => value * gain);
  after[MASK_COLUMN] = 0;
  const bases = after.reduce((sum, value) => sum + value, 0);
  after[MASK_COLUMN] = Math.max(0, 1 - bases);
  return after;
}

/**
 * Makes a sampler of a gain and of what a network's outputs mean. Each call looks at the scores of every masked position, and computes the rows
 * that the last one changed. In the last one MASK is left out, so nothing stays masked.
 */
export function scoreSampler(gain: Gain, scoreOf: MaskedScore = maskedScore): Sampler<TimeOptions> {
  return async (denoise, batch, options, random) => {
    const canvas = new Canvas(denoise, batch);
    const score = new Float64Array(BASE_COUNT + 1);
    for (const step of timeSteps(options.calls)) {
      const { call, t, s } = step;
      const logits = await canvas.logits(
        canvas.rows.filter((row) => canvas.masked(row).length > 0),
      );
      for (const row of canvas.rows) {
        const sample = canvas.sample(row);
        for (const position of canvas.masked(row)) {
          scoreOf(logits, canvas.at(row, position), options.noise.sigma(t), score);
          const after = transition(score, gain(options.noise, step));
          const stays = s === 0 ? 0 : (after[MASK_COLUMN] as number);
          if (random.order.uniform(sample, call, position) >= 1 - stays) continue;
          const columns = after.subarray(0, BASE_COUNT).map(Math.log);
          const drawn = random.token.uniform(sample, call, position);
          const allowed = canvas.allowed(row, position);
          canvas.place(row, position, drawBase(columns, 0, drawn, options, allowed));
        }
      }
    }
    return canvas.ids;
  };
}
