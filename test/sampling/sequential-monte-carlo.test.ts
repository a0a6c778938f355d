/** Particles of an exact denoiser against the law that they are to follow, by enumeration. */

import { describe, expect, it } from "vitest";
import { SamplingError } from "../../src/errors.ts";
import { type DesignPlan, designPlan } from "../../src/sampling/constraints/design-plan.ts";
import {
  type ParticleOptions,
  type Particles,
  type Potential,
  sequentialMonteCarlo,
} from "../../src/sampling/sequential-monte-carlo.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";
import { designRules, type TextRules } from "./constraints/brute-force.ts";
import {
  denoise,
  LENGTH,
  none,
  PLAIN,
  potential,
  RULES,
  random,
  rowsOf,
  runs,
  target,
  UNRULED,
} from "./constraints/tilted-law.ts";

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
