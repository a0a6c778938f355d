/** Laws of designs against enumeration: which samplers follow the conditional law, which do not, and how particles come to it. */

import { describe, expect, it } from "vitest";
import { type DesignPlan, designPlan } from "../../../src/sampling/constraints/design-plan.ts";
import { drawParticle } from "../../../src/sampling/particle-weights.ts";
import type { Potential } from "../../../src/sampling/sequential-monte-carlo.ts";
import { MASK_ID } from "../../../src/tokens/alphabet.ts";
import {
  type BoundSampler,
  boundSamplers,
  maskedBatch,
} from "../../support/sampling/bound-samplers.ts";
import { designRules, randomRules, type TextRules } from "./brute-force.ts";
import {
  denoise,
  LENGTH,
  none,
  potential,
  RULES,
  random,
  rowsOf,
  runs,
  target,
  text,
  UNRULED,
} from "./tilted-law.ts";

type Law = Map<string, number>;

/** Sequences expected fewer times than this count as one. */
const LEAST_EXPECTED = 5;

/** Pearson's statistic of texts against a law that need not be normalised, and its degrees of freedom. */
function chiSquare(texts: readonly string[], law: Law): [statistic: number, freedom: number] {
  const total = [...law.values()].reduce((sum, value) => sum + value, 0);
  const scale = texts.length / total;
  const cellOf = (key: string): string =>
    scale * (law.get(key) ?? 0) < LEAST_EXPECTED ? "rare" : key;
  const cells = new Map<string, { expected: number; count: number }>();
  for (const [key, value] of law) {
    const cell = cells.get(cellOf(key)) ?? { expected: 0, count: 0 };
    cells.set(cellOf(key), { ...cell, expected: cell.expected + scale * value });
  }
  for (const key of texts) {
    const cell = cells.get(cellOf(key));
    if (!law.has(key) || cell === undefined) throw new Error(`${key} has no probability`);
    cell.count++;
  }
  let statistic = 0;
  for (const { expected, count } of cells.values()) statistic += (count - expected) ** 2 / expected;
  return [statistic, cells.size - 1];
}

/** 99.9 % quantile of chi-square, by Wilson and Hilferty's approximation (off by less than 1 % from 5 degrees on). */
function limit(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}

/** Rows of one sampler, under rules or with bases kept. */
async function rowsBy(
  sampler: BoundSampler,
  count: number,
  { rules, kept }: { readonly rules?: TextRules; readonly kept?: string },
): Promise<string[]> {
  const batch = maskedBatch(count, LENGTH);
  const start = Array.from(kept ?? "NNNN", (base) =>
    base === "N" ? MASK_ID : "ACGT".indexOf(base),
  );
  const plan = rules && (designPlan(designRules(rules)) as DesignPlan);
  const all = {
    ...batch,
    ids: Uint8Array.from(batch.samples.flatMap(() => start)),
    ...(plan && { constraints: batch.samples.map(() => plan.row()) }),
  };
  const ids = await sampler(denoise, all, random(11));
  return batch.samples.map((row) => text(ids.subarray(row * LENGTH, (row + 1) * LENGTH)));
}

/** One particle of each run, drawn by its weight. */
async function drawn(
  count: number,
  particles: number,
  rules: TextRules,
  value: Potential,
): Promise<string[]> {
  const texts: string[] = [];
  for await (const run of runs(count, particles, rules, value)) {
    const row = drawParticle(run.weights, random(3).token.uniform(texts.length, 99));
    texts.push(rowsOf(run)[row] as string);
  }
  return texts;
}

describe("kept bases", () => {
  it.each([
    ...["random-order, uniform", "first-hitting", "max-probability"].map((name) => [name, LENGTH]),
    ...["ancestral", "analytic", "remdm, cap"].map((name) => [name, 150]),
  ] as [string, number][])("are what %s conditions on", async (name, calls) => {
    for (const kept of ["NANN", "CNNG", "NNTN"]) {
      const law = target({ ...UNRULED, letters: kept }, none);
      const texts = await rowsBy(boundSamplers(calls)[name] as BoundSampler, 1200, { kept });
      const [statistic, freedom] = chiSquare(texts, law);
      expect(freedom).toBeGreaterThan(7);
      expect(statistic).toBeLessThan(limit(freedom));
    }
  });
});

describe("one particle of a run, drawn by weight", () => {
  it.each([
    ["rules", RULES, none],
    ["rules and a potential", RULES, potential],
  ] as const)("follows the conditional law under %s", async (_, rules, value) => {
    const [statistic, freedom] = chiSquare(
      await drawn(2500, 48, rules, value),
      target(rules, value),
    );
    expect(freedom).toBeGreaterThan(15);
    expect(statistic).toBeLessThan(limit(freedom));
  });

  it("follows it under random rules, which rows alone do not", async () => {
    const sums = { particles: 0, rows: 0, freedom: 0 };
    let sets = 0;
    for (let seed = 1; sets < 15; seed++) {
      const gc = (["none", "whole", "windows"] as const)[seed % 3] as "none";
      const rules = randomRules(seed, { length: LENGTH, words: gc === "none" ? 3 : 2, gc });
      const law = target(rules, none);
      const plan = designPlan(designRules(rules));
      // Where a plan is not exact a row may break; the pipeline gives such a particle no weight.
      if (law.size < 8 || "places" in plan || !plan.isExact) continue;
      sets++;
      const [statistic, freedom] = chiSquare(await drawn(250, 32, rules, none), law);
      const byRow = boundSamplers(LENGTH)["random-order, uniform"] as BoundSampler;
      sums.particles += statistic;
      sums.rows += chiSquare(await rowsBy(byRow, 250, { rules }), law)[0];
      sums.freedom += freedom;
    }
    expect(sums.freedom).toBeGreaterThan(100);
    expect(sums.particles).toBeLessThan(limit(sums.freedom));
    expect(sums.rows).toBeGreaterThan(2 * limit(sums.freedom));
  });

  it.each([
    ["a potential", UNRULED, potential],
    ["rules and a potential", RULES, potential],
  ] as const)(
    "comes to the tilted law with the number of particles, under %s",
    async (_, rules, value) => {
      const law = target(rules, value);
      const count = 2000;
      const distances: number[] = [];
      for (const particles of [1, 4, 16]) {
        const [statistic, freedom] = chiSquare(await drawn(count, particles, rules, value), law);
        distances.push((statistic - freedom) / count); // estimates Σ (q − p)² / p without the noise of q
      }
      const [one, four, sixteen] = distances as [number, number, number];
      // The bias of one particle in P falls as 1 / P, its square as 1 / P².
      expect(four).toBeLessThan(one / 4);
      expect(sixteen).toBeLessThan(one / 16);
      expect(one).toBeGreaterThan(0.2);
    },
  );
});
