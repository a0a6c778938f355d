/**
 * Samples of exact denoisers, of a Markov chain and of a table without structure, against their laws. A sampler that is
 * exact with one position a call is run so; one that is exact in the limit of small steps with many.
 */

import { describe, expect, it } from "vitest";
import { exactDenoise, SOURCE, sourceNats } from "../support/markov-source.ts";
import {
  type BoundSampler,
  boundSamplers,
  maskedBatch,
  samplerRandom,
} from "../support/sampling/bound-samplers.ts";
import { chiSquare, LENGTH, LIMIT } from "../support/sampling/chi-square.ts";
import { tabularDenoise, tabularLaw } from "../support/tabular-law.ts";

const ROWS = 3000;
const STEPS = 150;

async function statistics(sampler: BoundSampler): Promise<{ markov: number; tabular: number }> {
  const batch = maskedBatch(ROWS, LENGTH);
  const markov = await sampler(exactDenoise(SOURCE), batch, samplerRandom(3));
  const tabular = await sampler(tabularDenoise, batch, samplerRandom(4));
  return {
    markov: chiSquare(markov, (sequence) => Math.exp(-sourceNats(SOURCE, sequence))),
    tabular: chiSquare(tabular, tabularLaw),
  };
}

const exactByOne = [
  "random-order, uniform",
  "first-hitting",
  "max-probability", // these three choose by what is visible, and so only an order
  "margin",
  "entropy",
  "confidence, order drawn",
];
const exactInTheLimit = [
  "ancestral",
  "ancestral, cosine",
  "analytic",
  "euler",
  "remdm, cap",
  "remdm, forward-backward",
  "remdm, dfm",
];

describe("exact samplers follow the law", () => {
  it.each(exactByOne)("one position a call: %s", async (name) => {
    const { markov, tabular } = await statistics(boundSamplers(LENGTH)[name] as BoundSampler);
    expect(markov).toBeLessThan(LIMIT);
    expect(tabular).toBeLessThan(LIMIT);
  });

  it.each(exactInTheLimit)(`${STEPS} steps: %s`, async (name) => {
    const { markov, tabular } = await statistics(boundSamplers(STEPS)[name] as BoundSampler);
    expect(markov).toBeLessThan(LIMIT);
    expect(tabular).toBeLessThan(LIMIT);
  });
});

describe("the others are seen not to", () => {
  it.each([...exactByOne, ...exactInTheLimit].filter((name) => name !== "first-hitting"))(
    "all positions in one call, which draws them independently: %s",
    async (name) => {
      const { markov, tabular } = await statistics(boundSamplers(1)[name] as BoundSampler);
      expect(Math.min(markov, tabular)).toBeGreaterThan(3 * LIMIT);
    },
  );

  it("low-confidence, which prefers likely bases, even with one position a call", async () => {
    const { markov, tabular } = await statistics(
      boundSamplers(LENGTH)["low-confidence"] as BoundSampler,
    );
    expect(Math.min(markov, tabular)).toBeGreaterThan(LIMIT);
  });
});
