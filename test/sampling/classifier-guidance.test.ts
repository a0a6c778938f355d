/** Samples guided by classifiers that are tables, against laws that are summed up by their definitions. */

import { describe, expect, it, test } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import {
  type ClassLogProbabilities,
  guidedByClassifier,
} from "../../src/sampling/classifier-guidance.ts";
import { withGcTarget } from "../../src/sampling/gc-tilt.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences } from "../support/markov-source.ts";
import {
  type BoundSampler,
  boundSamplers,
  maskedBatch,
  samplerRandom,
} from "../support/sampling/bound-samplers.ts";
import { chiSquare, LENGTH, LIMIT } from "../support/sampling/chi-square.ts";
import { tabularDenoise, tabularLaw } from "../support/tabular-law.ts";
import {
  agreeing,
  CLASSES,
  classifier,
  noisedPosterior,
  posterior,
  sum,
} from "../support/tabular-posterior.ts";

const M = MASK_ID;
const SEQUENCES = [...allSequences(LENGTH)];

const sampler = (name: string, calls: number): BoundSampler =>
  boundSamplers(calls)[name] as BoundSampler;

describe("an exact classifier at strength 1 gives p(x | y)", () => {
  const law = (label: number) => {
    const evidence = sum(SEQUENCES.map((x) => tabularLaw(x) * posterior(x, label)));
    return (x: Uint8Array): number => (tabularLaw(x) * posterior(x, label)) / evidence;
  };

  it.each([
    ["random-order, uniform", LENGTH, 0],
    ["random-order, uniform", LENGTH, 1],
    ["random-order, uniform", LENGTH, 2],
    ["first-hitting", LENGTH, 1],
    ["ancestral", 150, 1], // in the limit of small steps
    ["analytic", 150, 1],
    ["remdm, cap", 150, 1],
  ])("%s, %i calls, class %i", async (name, calls, label) => {
    const { classify } = classifier();
    const guided = guidedByClassifier(tabularDenoise, classify, { label, strength: 1 });
    const batch = maskedBatch(6000, LENGTH);
    const made = await sampler(name, calls)(guided, batch, samplerRandom(6));
    expect(chiSquare(made, law(label))).toBeLessThan(LIMIT);
    expect(chiSquare(made, tabularLaw)).toBeGreaterThan(5 * LIMIT);
    expect(chiSquare(made, law((label + 1) % CLASSES))).toBeGreaterThan(5 * LIMIT);
  });
});

describe("at other strengths the law is that of its definition, summed over all orders", () => {
  const ORDERS = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];

  function stepShare(row: Uint8Array, position: number, base: number, strength: number): number {
    const weights = [0, 1, 2, 3].map((candidate) => {
      const next = row.slice();
      next[position] = candidate;
      return sum(agreeing(next).map(tabularLaw)) * noisedPosterior(next, 1) ** strength;
    });
    return (weights[base] as number) / sum(weights);
  }

  it.each([0.5, 3])("strength %f", async (strength) => {
    const law = (x: Uint8Array): number =>
      sum(
        ORDERS.map((order) => {
          const row = new Uint8Array(LENGTH).fill(M);
          return order.reduce((p, position) => {
            const base = x[position] as number;
            const share = stepShare(row, position, base, strength);
            row[position] = base;
            return p * share;
          }, 1 / ORDERS.length);
        }),
      );
    const guided = guidedByClassifier(tabularDenoise, classifier().classify, {
      label: 1,
      strength,
    });
    const batch = maskedBatch(6000, LENGTH);
    const made = await sampler("random-order, uniform", LENGTH)(guided, batch, samplerRandom(7));
    expect(chiSquare(made, law)).toBeLessThan(LIMIT);
  });
});

describe("what the exact one costs", () => {
  const costOf = async (name: string, calls: number): Promise<number[]> => {
    const { classify, calls: rows } = classifier();
    const guided = guidedByClassifier(tabularDenoise, classify, { label: 0, strength: 2 });
    await sampler(name, calls)(guided, maskedBatch(5, LENGTH), samplerRandom(1));
    return rows;
  };

  test.each([
    ["random-order, uniform", 1],
    ["random-order, uniform", 3],
    ["random-order, uniform", 2],
    ["ancestral", 40],
  ])("%s in %i calls: four rows a base of the sample", async (name, calls) => {
    expect(sum(await costOf(name, calls))).toBe(5 * LENGTH * 4);
  });

  test("an order by confidence looks at every masked position in each call", async () => {
    expect(await costOf("max-probability", 3)).toEqual([5 * 12, 5 * 8, 5 * 4]);
  });

  test("no call of the classifier is larger than 2^18 bases", async () => {
    const calls: number[] = [];
    const counted: ClassLogProbabilities = async (_, { batch, length }) => {
      calls.push(batch * length);
      return new Float64Array(2 * batch);
    };
    const uniform: Denoise = async (ids) => new Float32Array(4 * ids.length);
    const length = 600;
    const guided = guidedByClassifier(uniform, counted, { label: 1, strength: 1 });
    await guided(new Uint8Array(length).fill(M), { batch: 1, length });
    expect(Math.max(...calls)).toBeLessThanOrEqual(2 ** 18);
    expect(sum(calls)).toBe(4 * length * length);
    calls.length = 0;
    const long = 2 ** 17;
    const wanted = [[3, 7]];
    await guided(new Uint8Array(long).fill(M), { batch: 1, length: long, wanted });
    expect(calls).toEqual([4 * long, 4 * long]); // the least that one position takes
  });

  test("a target share of G and C, which looks at all positions, has all of them guided", async () => {
    const { classify } = classifier();
    const guided = guidedByClassifier(tabularDenoise, classify, { label: 0, strength: 2 });
    const shape = { batch: 1, length: LENGTH };
    const ids = new Uint8Array(LENGTH).fill(M);
    const leant = withGcTarget(guided, 0.5, 1);
    expect(await leant(ids, { ...shape, wanted: [[1]] })).toEqual(await leant(ids, shape));
  });
});
