/** Particles of an exact denoiser, and by enumeration the law that they are to follow. */

import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { type DesignPlan, designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import {
  type ParticleOptions,
  type ParticleRandom,
  type Particles,
  type Potential,
  sequentialMonteCarlo,
} from "../../../src/sampling/sequential-monte-carlo.ts";
import { MASK_ID } from "../../../src/tokens/alphabet.ts";
import { allSequences, exactDenoise, exactLogits, SOURCE } from "../../support/markov-source.ts";
import { maskedBatch, samplerRandom } from "../../support/sampling/bound-samplers.ts";
import { designRules, keeper, type TextRules } from "./brute-force.ts";

/** Bases of the sequences that are enumerated. */
export const LENGTH = 4;
export const denoise: Denoise = exactDenoise(SOURCE);
export const PLAIN: ParticleOptions = {
  ...{ calls: LENGTH, schedule: "uniform", temperature: 1 },
  resampleBelow: 0.5,
};

export const random = (seed: number): ParticleRandom => ({
  ...samplerRandom(seed),
  guess: addressedRandom(seed, "particleGuess"),
  resample: addressedRandom(seed, "particleResample"),
});

const everywhere = { from: 0, to: LENGTH, step: 1 };
export const RULES: TextRules = {
  letters: "NNRN",
  words: [
    { letters: "AA", ...everywhere },
    { letters: "CG", ...everywhere },
    { letters: "TNG", ...everywhere },
  ],
  gc: [{ window: LENGTH, least: 2, most: 3 }],
};
export const UNRULED: TextRules = { letters: "NNNN", words: [], gc: [] };

/** More of C, and a sign that neighbours decide. */
export const potential: Potential = (ids) =>
  0.7 * ids.filter((id) => id === 1).length - (ids[0] === ids[3] ? 1.5 : 0);
export const none: Potential = () => 0;

export const text = (ids: ArrayLike<number>): string =>
  Array.from(ids, (id) => "ACGT"[id]).join("");

/** Every order of the numbers below n. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

/** Probability of a sequence by random order in `calls` calls: the mean over all orders of the product of conditionals. */
function randomOrderLaw(ids: Uint8Array, { calls, temperature }: ParticleOptions): number {
  let sum = 0;
  const all = orders(LENGTH);
  for (const order of all) {
    const row = new Uint8Array(LENGTH).fill(MASK_ID);
    let product = 1;
    for (let call = 0; call < calls; call++) {
      const logits = exactLogits(SOURCE, row);
      for (const at of order.slice((call * LENGTH) / calls, ((call + 1) * LENGTH) / calls)) {
        const powers = [0, 1, 2, 3].map((b) =>
          Math.exp((logits[4 * at + b] as number) / temperature),
        );
        const total = powers.reduce((a, b) => a + b, 0);
        product *= (powers[ids[at] as number] as number) / total;
        row[at] = ids[at] as number;
      }
    }
    sum += product;
  }
  return sum / all.length;
}

/** p(x) · exp(potential) of every sequence that keeps the rules, not normalised; the rare ones are one. */
export function target(
  rules: TextRules,
  value: Potential,
  options: Partial<ParticleOptions> = {},
): Map<string, number> {
  const keeps = keeper(rules);
  const law = new Map<string, number>();
  for (const ids of allSequences(LENGTH)) {
    if (!keeps(text(ids))) continue;
    const share = randomOrderLaw(ids, { ...PLAIN, ...options }) * Math.exp(value(ids));
    if (share > 0) law.set(text(ids), share);
  }
  return law;
}

/** Runs of `particles` particles, one after another. */
export async function* runs(
  count: number,
  particles: number,
  rules: TextRules,
  value: Potential,
  options: Partial<ParticleOptions> = {},
): AsyncGenerator<Particles> {
  const plan = designPlan(designRules(rules)) as DesignPlan;
  for (let run = 0; run < count; run++) {
    const batch = maskedBatch(particles, LENGTH, run * particles);
    const constraints = batch.samples.map(() => plan.row());
    const all = { ...PLAIN, ...options };
    yield await sequentialMonteCarlo(denoise, { ...batch, constraints }, value, all, random(11));
  }
}

export const rowsOf = ({ ids }: Particles): string[] =>
  Array.from({ length: ids.length / LENGTH }, (_, row) =>
    text(ids.subarray(row * LENGTH, (row + 1) * LENGTH)),
  );
