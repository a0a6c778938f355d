/**
 * Sampling under uniform noise (UDLM, arXiv:2412.10193; SEDD, arXiv:2310.16834): free positions begin as random bases, time goes from 1
 * to 0 in equal steps, and in each every free position is drawn again, all at once, so that a base may change at any time. The network
 * is told the noise, which no two steps share: every call computes every row.
 *
 * With the law of each base given all other positions a step has the right probabilities one position at a time, and samples are exact
 * in the limit of many steps.
 *
 * Kept bases stand clean at every step (SEDD's projection). The network was trained on rows that are noisy everywhere, so this is not
 * the model's law given them, but an approximation of it.
 */

import type { Denoise } from "../diffusion/denoise.ts";
import type { Logits } from "../diffusion/subs.ts";
import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { ALL_BASES } from "../tokens/base-set.ts";
import type { TimeOptions } from "./ancestral.ts";
import { type BaseChoice, chosenProbabilities, drawBase } from "./categorical.ts";
import type { Sampler, SamplerBatch, SamplerRandom } from "./sampler.ts";
import { timeSteps } from "./time-steps.ts";
import type { CleanLaw, UniformStep } from "./uniform-steps.ts";

/** Draws with probabilities as they are: the choice was made in the law. */
const AS_IT_IS: BaseChoice = { temperature: 1, topP: 1 };

/** A row's places to fill. */
interface FreeRow {
  readonly row: number;
  readonly sample: number;
  readonly positions: readonly number[];
  /** Bases that may stand at each of them while the others are open. */
  readonly allowed: readonly number[];
}

/**
 * Makes a sampler of what outputs mean and how a step is made. Temperature, nucleus and constraints choose in the law of clean bases,
 * whose steps lead there. In the last step positions are drawn one after another, and each constraint hears of every base.
 *
 * Guidance multiplies the probabilities of a step, told^strength · untold^(1 − strength) (arXiv:2412.10193, its guidance without a
 * classifier), and asks the network twice a step; temperature and nucleus choose in the law that is told the class.
 */
export function uniformSampler(lawOf: CleanLaw, stepOf: UniformStep): Sampler<TimeOptions> {
  return async (denoise, batch, options, random) => {
    const free = freeRows(batch);
    const ids = begun(batch, free, random);
    const { noise } = options;
    const logits = new Float64Array(BASE_COUNT);
    const after = new Float64Array(BASE_COUNT);
    const product = new Float64Array(BASE_COUNT);
    for (const step of timeSteps(free.length === 0 ? 0 : options.calls)) {
      const { call, t, s } = step;
      const predictions = await asked(denoise, batch, ids, noise.sigma(t), options);
      for (const { row, sample, positions, allowed } of free) {
        const constraint = s === 0 ? batch.constraints?.[row] : undefined;
        for (const [i, position] of positions.entries()) {
          const at = row * batch.length + position;
          const z = ids[at] as number;
          const set = constraint?.allowed(position) ?? (allowed[i] as number);
          product.fill(0);
          for (const { outputs, strength, choice } of predictions) {
            lawOf(outputs, at, z, noise.maskProbability(t), logits);
            stepOf(chosenProbabilities(logits, 0, choice, set), z, noise, step, after);
            multiply(product, after, strength);
          }
          const drawn = random.token.uniform(sample, call, position);
          const base = drawBase(product, 0, drawn, AS_IT_IS, s === 0 ? set : ALL_BASES);
          ids[at] = base;
          constraint?.reveal(position, base);
        }
      }
    }
    return ids;
  };
}

function freeRows({ batch, length, ids, samples, constraints }: SamplerBatch): FreeRow[] {
  return Array.from({ length: batch }, (_, row) => row).flatMap((row) => {
    const own = ids.subarray(row * length, (row + 1) * length);
    const positions = [...own.keys()].filter((position) => own[position] === MASK_ID);
    if (positions.length === 0) return [];
    const allowed = positions.map((position) => constraints?.[row]?.allowed(position) ?? ALL_BASES);
    return [{ row, sample: samples[row] as number, positions, allowed }];
  });
}

/** The rows at time 1: random bases at the free positions. */
function begun({ ids, length }: SamplerBatch, free: readonly FreeRow[], random: SamplerRandom) {
  const begun = ids.slice();
  for (const { row, sample, positions } of free) {
    for (const position of positions)
      begun[row * length + position] = random.order.integer(BASE_COUNT, sample, 0, position);
  }
  return begun;
}

/** What the network says, told classes or not, and how strongly it counts; strengths add up to 1. */
interface Prediction {
  readonly outputs: Logits;
  readonly strength: number;
  readonly choice: BaseChoice;
}

/** Asks the network what guidance needs: the prediction that is told classes first. */
async function asked(
  denoise: Denoise,
  { batch, length, labels, guidance = 1 }: SamplerBatch,
  ids: Uint8Array,
  level: number,
  choice: BaseChoice,
): Promise<readonly Prediction[]> {
  const shape = { batch, length, levels: new Float32Array(batch).fill(level) };
  const untold = (): Promise<Logits> => denoise(ids.slice(), shape);
  if (labels === undefined || guidance === 0)
    return [{ outputs: await untold(), strength: 1, choice }];
  const told = await denoise(ids.slice(), { ...shape, labels });
  if (guidance === 1) return [{ outputs: told, strength: 1, choice }];
  return [
    { outputs: told, strength: guidance, choice },
    { outputs: await untold(), strength: 1 - guidance, choice: AS_IT_IS },
  ];
}

/** What a probability divides by at least: it can be 0 where the network is not told the class. */
const LEAST = 1e-9;

/** Adds `strength` times the logarithms of `after`; what is −∞ stays so. */
export function multiply(product: Float64Array, after: Float64Array, strength: number): void {
  for (const [y, p] of after.entries()) {
    const log = Math.log(strength < 0 ? Math.max(LEAST, p) : p);
    if (product[y] !== -Infinity && strength !== 0)
      product[y] = (product[y] as number) + strength * log;
  }
}
