/**
 * How noisy each training example is, and what its masked bases then count, so that the expectation of the loss stays the NELBO: by times
 * drawn in several ways, all of MDLM's code (there flags: antithetic sampling, importance sampling, change of variables).
 */

import type { AddressedRandom } from "../random/addressed.ts";
import type { NoiseSchedule } from "./noise.ts";
import { gridMaskProbabilities } from "./time-grid.ts";
import { MIN_TIME, stratifiedUniform, timeOf } from "./training-time.ts";

/**
 * - stratified: an independent jitter a stratum of the global batch;
 * - independent: every example by itself;
 * - importance: times in proportion to the NELBO's weight, which then is the same for all: stratified;
 * - change-of-variables: the logarithm of the mask probability is the time. Of a network that is not told the time this is what
 *   importance is, to the mask; the two differ in the time that they would tell.
 */
export const TIME_SAMPLINGS = [
  "stratified",
  "independent",
  "importance",
  "change-of-variables",
] as const;
export type TimeSampling = (typeof TIME_SAMPLINGS)[number];

/** Those that keep a weight of each time. */
export const WEIGHTED_TIME_SAMPLINGS: readonly TimeSampling[] = ["stratified", "independent"];

/** Mask probability of an example, and what the cross-entropy at its masked bases is multiplied by. */
interface DrawnNoise {
  readonly maskProbability: number;
  readonly weight: number;
}

/** Mask probability and weight by time: a noise schedule, or a part of one. */
export type MaskRates = Pick<NoiseSchedule, "maskProbability" | "weight">;

/** Draws of an example's noise by its global index, from the stream `trainingTime`. */
export type NoiseDraw = (random: AddressedRandom, index: number, globalBatch: number) => DrawnNoise;

/** How times are drawn. */
export interface TimeDraws {
  /** Absent is stratified. */
  readonly timeSampling?: TimeSampling;
  /** Steps of discrete time; absent is continuous time. */
  readonly timeSteps?: number;
}

/**
 * Returns the draws under a noise. In continuous time the expectation is with weighted samplings 1/(1 − 1e-3) of the integral over the mask
 * probabilities between those at 1e-3 and 1, with the others the integral itself; in discrete time, which weighted samplings alone
 * draw, it is the bound of so many steps.
 */
export function noiseDraw(
  noise: MaskRates,
  { timeSampling = "stratified", timeSteps }: TimeDraws = {},
): NoiseDraw {
  const uniform = timeSampling === "independent" ? independentUniform : stratifiedUniform;
  const drawn = drawnNoise(noise, timeSampling, timeSteps);
  return (random, index, globalBatch) => drawn(uniform(random, index, globalBatch));
}

function drawnNoise(
  noise: MaskRates,
  timeSampling: TimeSampling,
  timeSteps?: number,
): (u: number) => DrawnNoise {
  if (timeSteps !== undefined) return onGrid(noise, timeSteps);
  return WEIGHTED_TIME_SAMPLINGS.includes(timeSampling) ? byTime(noise) : byLogProbability(noise);
}

/** Steps equally often; the weight of step i is T (mᵢ − mᵢ₋₁)/mᵢ, 1/t under log-linear noise. */
function onGrid(noise: MaskRates, steps: number): (u: number) => DrawnNoise {
  const m = gridMaskProbabilities(noise, steps);
  return (u) => {
    const i = Math.floor(u * steps) + 1;
    const [before, maskProbability] = [m[i - 1] as number, m[i] as number];
    return { maskProbability, weight: (steps * (maskProbability - before)) / maskProbability };
  };
}

function independentUniform(random: AddressedRandom, index: number): number {
  return random.uniform(index);
}

/** Uniform in time. */
function byTime({ maskProbability, weight }: MaskRates): (u: number) => DrawnNoise {
  return (u) => {
    const t = timeOf(u);
    return { maskProbability: maskProbability(t), weight: weight(t) };
  };
}

/**
 * Uniform in ln m, m the mask probability: the NELBO's weight is d ln m / dt, so that ∫ weight · f dt = ln(m₁/m₀) · E f. (MDLM's code has
 * −ln m₀ for the logarithm, and leaves out u below 1e-3.)
 */
function byLogProbability({ maskProbability }: MaskRates): (u: number) => DrawnNoise {
  const least = maskProbability(MIN_TIME);
  const weight = Math.log(maskProbability(1) / least);
  return (u) => ({ maskProbability: least * Math.exp(u * weight), weight });
}
