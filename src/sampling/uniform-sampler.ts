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
 */
export function uniformSampler(lawOf: CleanLaw, stepOf: UniformStep): Sampler<TimeOptions> {
  return async (denoise, batch, options, random) => {
    const free = freeRows(batch);
    const ids = begun(batch, free, random);
    const { noise } = options;
    const logits = new Float64Array(BASE_COUNT);
    const after = new Float64Array(BASE_COUNT);
    for (const step of timeSteps(free.length === 0 ? 0 : options.calls)) {
      const { call, t, s } = step;
      const outputs = await asked(denoise, batch, ids, noise.sigma(t));
      for (const { row, sample, positions, allowed } of free) {
        const constraint = s === 0 ? batch.constraints?.[row] : undefined;
        for (const [i, position] of positions.entries()) {
          const at = row * batch.length + position;
          const z = ids[at] as number;
          const set = constraint?.allowed(position) ?? (allowed[i] as number);
          lawOf(outputs, at, z, noise.maskProbability(t), logits);
          const law = chosenProbabilities(logits, 0, options, set);
          stepOf(law, z, noise, step, after);
          const drawn = random.token.uniform(sample, call, position);
          const base = drawBase(after.map(Math.log), 0, drawn, AS_IT_IS, s === 0 ? set : ALL_BASES);
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

function asked(
  denoise: Denoise,
  { batch, length, labels }: SamplerBatch,
  ids: Uint8Array,
  level: number,
): Promise<Logits> {
  const levels = new Float32Array(batch).fill(level);
  return denoise(ids.slice(), {
    ...{ batch, length, levels },
    ...(labels === undefined ? {} : { labels }),
  });
}
