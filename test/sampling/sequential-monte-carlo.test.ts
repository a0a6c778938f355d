/** Particles of an exact denoiser against the law that they are to follow, by enumeration. */

import { describe, expect, it } from "vitest";
import { SamplingError } from "../../src/errors.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { type DesignPlan, designPlan } from "../../src/sampling/constraints/design-plan.ts";
import { drawParticle } from "../../src/sampling/particle-weights.ts";
import {
  type ParticleOptions,
  type ParticleRandom,
  type Particles,
  type Potential,
  sequentialMonteCarlo,
} from "../../src/sampling/sequential-monte-carlo.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences, exactDenoise, exactLogits, SOURCE } from "../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";
import { designRules, keeper, type TextRules } from "./constraints/brute-force.ts";

const LENGTH = 4;
const denoise = exactDenoise(SOURCE);
const PLAIN: ParticleOptions = {
  ...{ calls: LENGTH, schedule: "uniform", temperature: 1 },
  resampleBelow: 0.5,
};

const random = (seed: number): ParticleRandom => ({
  ...samplerRandom(seed),
  guess: addressedRandom(seed, "particleGuess"),
  resample: addressedRandom(seed, "particleResample"),
});

const everywhere = { from: 0, to: LENGTH, step: 1 };
const RULES: TextRules = {
  letters: "NNRN",
  words: [
    { letters: "AA", ...everywhere },
    { letters: "CG", ...everywhere },
    { letters: "TNG", ...everywhere },
  ],
  gc: [{ window: LENGTH, least: 2, most: 3 }],
};
const UNRULED: TextRules = { letters: "NNNN", words: [], gc: [] };

/** More of C, and a sign that neighbours decide. */
const potential: Potential = (ids) =>
  0.7 * ids.filter((id) => id === 1).length - (ids[0] === ids[3] ? 1.5 : 0);
const none: Potential = () => 0;

const text = (ids: ArrayLike<number>): string => Array.from(ids, (id) => "ACGT"[id]).join("");

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
function target(
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
async function* runs(
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

const rowsOf = ({ ids }: Particles): string[] =>
  Array.from({ length: ids.length / LENGTH }, (_, row) =>
    text(ids.subarray(row * LENGTH, (row + 1) * LENGTH)),
  );

describe("weighted particles", () => {
  it.each([
    ["rules, never drawn anew", RULES, none, { resampleBelow: 0 }],
    ["rules, drawn anew after each call", RULES, none, { resampleBelow: 1 }],
    ["a potential", UNRULED, potential, {}],
    ["rules and a potential", RULES, potential, {}],
    ["rules and a potential, two bases a call", RULES, potential, { calls: 2 }],
    ["rules and a potential, half the temperature", RULES, potential, { temperature: 0.5 }],
    ["a potential that forbids", UNRULED, (ids) => (ids[1] === 0 ? -Infinity : potential(ids)), {}],
  ] as const satisfies readonly [string, TextRules, Potential, Partial<ParticleOptions>][])(
    "are unbiased under %s: exp(logEvidence) · weight estimates each sequence's share",
    async (_, rules, value, options) => {
      const count = 3000;
      const law = target(rules, value, options);
      const total = [...law.values()].reduce((sum, share) => sum + share, 0);
      // The rare ones, each seen a few times at most, are counted together.
      const keyOf = (key: string): string => ((law.get(key) ?? 0) < total / 200 ? "rare" : key);
      const expected = new Map<string, number>();
      for (const [key, share] of law) {
        expected.set(keyOf(key), (expected.get(keyOf(key)) ?? 0) + share);
      }
      const estimates = new Map([...expected.keys()].map((key) => [key, new Float64Array(count)]));
      let run = 0;
      let resamplings = 0;
      for await (const particles of runs(count, 8, rules, value, options)) {
        const evidence = Math.exp(particles.logEvidence);
        resamplings += particles.resamplings;
        for (const [row, key] of rowsOf(particles).entries()) {
          const weight = particles.weights[row] as number;
          if (!law.has(key) && evidence * weight !== 0) expect.fail(`${key} of weight ${weight}`);
          const sums = estimates.get(keyOf(key)) as Float64Array;
          sums[run] = (sums[run] as number) + evidence * weight;
        }
        run++;
      }
      const all: Partial<ParticleOptions> = options;
      if (all.resampleBelow !== undefined) expect(resamplings > 0).toBe(all.resampleBelow > 0);
      expect(expected.size).toBeGreaterThan(10);
      for (const [key, share] of expected) {
        const sums = estimates.get(key) as Float64Array;
        const mean = sums.reduce((sum, one) => sum + one, 0) / count;
        const variance = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1);
        // Passed by chance in one of 150,000 sequences.
        const bound = 4.5 * Math.sqrt(variance / count);
        expect(Math.abs(mean - share), `${key}: ${mean} for ${share}`).toBeLessThan(bound);
      }
    },
  );
});

/** Pearson's statistic of texts against a law, over its sequences, and the degrees of freedom. */
function chiSquare(texts: readonly string[], law: Map<string, number>): [number, number] {
  const total = [...law.values()].reduce((sum, value) => sum + value, 0);
  const counts = new Map<string, number>();
  for (const one of texts) counts.set(one, (counts.get(one) ?? 0) + 1);
  let statistic = 0;
  for (const [key, value] of law) {
    const expected = (texts.length * value) / total;
    statistic += ((counts.get(key) ?? 0) - expected) ** 2 / expected;
  }
  return [statistic, law.size - 1];
}

/** 99.9 % quantile of chi-square, by Wilson and Hilferty's approximation (off by less than 1 % from 5 degrees on). */
function limit(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}

describe("one particle of a run, drawn by weight", () => {
  it.each([
    ["rules", RULES, none],
    ["rules and a potential", RULES, potential],
  ] as const)("follows the conditional law under %s", async (_, rules, value) => {
    const texts: string[] = [];
    let run = 0;
    for await (const particles of runs(2500, 48, rules, value)) {
      const row = drawParticle(particles.weights, random(3).token.uniform(run++, 99));
      texts.push(rowsOf(particles)[row] as string);
    }
    const [statistic, freedom] = chiSquare(texts, target(rules, value));
    expect(freedom).toBeGreaterThan(15);
    expect(statistic).toBeLessThan(limit(freedom));
  });

  it("which rows alone do not: each base among those allowed is not yet the law of the whole", async () => {
    const plan = designPlan(designRules(RULES)) as DesignPlan;
    const batch = maskedBatch(2500, LENGTH);
    const constraints = batch.samples.map(() => plan.row());
    const sampler = bind(samplers["random-order"], {
      ...{ calls: LENGTH, schedule: "uniform", temperature: 1, topP: 1 },
    });
    const ids = await sampler(denoise, { ...batch, constraints }, samplerRandom(11));
    const rows = batch.samples.map((row) => text(ids.subarray(row * LENGTH, (row + 1) * LENGTH)));
    const [statistic, freedom] = chiSquare(rows, target(RULES, none));
    expect(statistic).toBeGreaterThan(3 * limit(freedom));
  });
});

describe("sequentialMonteCarlo", () => {
  it("gives a run the same particles whatever else is asked for", async () => {
    const first: Particles[] = [];
    for await (const one of runs(3, 6, RULES, potential)) first.push(one);
    const batch = maskedBatch(6, LENGTH, 2 * 6);
    const plan = designPlan(designRules(RULES)) as DesignPlan;
    const constraints = batch.samples.map(() => plan.row());
    expect(
      await sequentialMonteCarlo(denoise, { ...batch, constraints }, potential, PLAIN, random(11)),
    ).toEqual(first[2]);
  });

  it("with one particle and nothing to weigh is the random order sampler, draw for draw", async () => {
    const batch = maskedBatch(1, 12, 5);
    const made = await sequentialMonteCarlo(
      denoise,
      batch,
      none,
      { ...PLAIN, calls: 5 },
      random(2),
    );
    const sampler = bind(samplers["random-order"], {
      ...{ calls: 5, schedule: "uniform", temperature: 1, topP: 1 },
    });
    expect(made).toEqual({
      ids: await sampler(denoise, batch, samplerRandom(2)),
      weights: Float64Array.of(1),
      logEvidence: 0,
      resamplings: 0,
    });
  });

  it("says of particles that are all forbidden that there is no evidence, and counts them alike", async () => {
    const batch = maskedBatch(4, LENGTH);
    const made = await sequentialMonteCarlo(denoise, batch, () => -Infinity, PLAIN, random(2));
    expect([made.logEvidence, ...made.weights]).toEqual([-Infinity, 0.25, 0.25, 0.25, 0.25]);
  });

  it("refuses a potential that is no number", async () => {
    for (const value of [Number.NaN, Infinity]) {
      const running = sequentialMonteCarlo(
        ...([denoise, maskedBatch(2, LENGTH), () => value, PLAIN, random(2)] as const),
      );
      await expect(running).rejects.toEqual(
        new SamplingError(`expected a potential that is a number or −∞, got ${value}`),
      );
    }
  });
});
