/** Steps of time under uniform noise at one position: from what outputs say of its clean base to what stands there next. */

import type { NoiseSchedule } from "../diffusion/noise.ts";
import { outputScores } from "../diffusion/sedd-uniform.ts";
import type { Logits } from "../diffusion/subs.ts";
import { uniformPosterior } from "../diffusion/uniform-noise.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { TimeStep } from "./time-steps.ts";

/** Writes logits of the clean base at a position that shows z to `out` [4], from row `row` of outputs [rows, 4]; `redrawn` is 1 − α(t). */
export type CleanLaw = (
  outputs: Logits,
  row: number,
  z: number,
  redrawn: number,
  out: Float64Array,
) => void;

/** Writes the probabilities of a position's base after a step to `out` [4], from a law [4] of clean bases and the base it shows. */
export type UniformStep = (
  law: Float64Array,
  z: number,
  noise: NoiseSchedule,
  step: TimeStep,
  out: Float64Array,
) => void;

/** Outputs that are the logits themselves. */
export const cleanLogits: CleanLaw = (logits, row, _z, _redrawn, out) =>
  out.set(logits.subarray(row * BASE_COUNT, (row + 1) * BASE_COUNT));

/** The posterior, with the law in the place of the clean base; the last step ends with no noise, whatever the schedule leaves. */
export const posteriorStep: UniformStep = (law, z, { maskProbability }, { t, s }, out) =>
  uniformPosterior(law, z, { atT: maskProbability(t), atS: s === 0 ? 0 : maskProbability(s) }, out);

/**
 * Outputs that are logarithms of ratios: those of a law of clean bases, noised, are the ratios of its probabilities, so that the law is
 * (4 s_y / Σ s − m) / (4 − 4m), m the share of redrawn bases. Ratios of no law make some of it negative, which counts as 0; SEDD's code
 * draws from what follows as it is.
 */
export const lawOfRatios: CleanLaw = (outputs, row, z, redrawn, out) => {
  outputScores(outputs, row, z, redrawn, out);
  const most = out.reduce((a, b) => Math.max(a, b));
  const total = out.reduce((sum, score) => sum + Math.exp(score - most), 0);
  for (let y = 0; y < BASE_COUNT; y++) {
    const share = Math.exp((out[y] as number) - most) / total;
    out[y] = Math.log(Math.max(0, BASE_COUNT * share - redrawn));
  }
};

/**
 * Euler's step: another base y with probability (t − s) σ′(t) s_y / 4, s the ratios of the law, noised. In steps so long that these exceed
 * 1 they are clipped to share it. The last step is the posterior's.
 */
export const eulerStep: UniformStep = (law, z, noise, step, out) => {
  const { t, s } = step;
  if (s === 0) return posteriorStep(law, z, noise, step, out);
  const redrawn = noise.maskProbability(t);
  const noised = law.map((p) => BASE_COUNT * (1 - redrawn) * p + redrawn);
  const gain = ((t - s) * noise.sigmaPrime(t)) / BASE_COUNT / (noised[z] as number);
  let leaves = 0;
  for (let y = 0; y < BASE_COUNT; y++) {
    out[y] = y === z ? 0 : gain * (noised[y] as number);
    leaves += out[y] as number;
  }
  for (let y = 0; y < BASE_COUNT; y++) out[y] = (out[y] as number) / Math.max(1, leaves);
  out[z] = Math.max(0, 1 - leaves);
};
