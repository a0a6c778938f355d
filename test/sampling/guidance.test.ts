/** Guided samples against the law that guidance has by its definition, summed over all orders of reveal. */

import { expect, test } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import { randomOrderSampler } from "../../src/sampling/random-order.ts";
import { samplerRandom } from "../../src/sampling/sampler-random.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  allSequences,
  exactDenoise,
  exactLogits,
  type MarkovSource,
  SOURCE,
} from "../support/markov-source.ts";

const LENGTH = 3;
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
/** Of class 1; class 0 is SOURCE, and rows without a class are of this one's letters turned round. */
const OTHER: MarkovSource = {
  initial: [0.1, 0.2, 0.3, 0.4],
  transition: SOURCE.transition.map((row) => [...row].reverse()),
};
const UNTOLD: MarkovSource = {
  initial: [0.25, 0.25, 0.25, 0.25],
  transition: SOURCE.transition.map((row, i) =>
    row.map((p, j) => (p + ((OTHER.transition[i] as number[])[j] as number)) / 2),
  ),
};
const CLASSES = [SOURCE, OTHER];

const told: Denoise = async (ids, { batch, length, labels }) => {
  const logits = new Float64Array(batch * length * 4);
  for (let row = 0; row < batch; row++) {
    const source = labels === undefined ? UNTOLD : (CLASSES[labels[row] as number] as MarkovSource);
    const own = exactLogits(source, ids.subarray(row * length, (row + 1) * length));
    logits.set(own, row * length * 4);
  }
  return logits;
};

async function sampled(
  denoise: Denoise,
  label: number | undefined,
  count: number,
): Promise<Uint8Array> {
  const samples = Array.from({ length: count }, (_, i) => i);
  const ids = new Uint8Array(count * LENGTH).fill(MASK_ID);
  const labels = label === undefined ? {} : { labels: samples.map(() => label) };
  const batch = { batch: count, length: LENGTH, ids, samples, ...labels };
  const random = samplerRandom(4);
  return randomOrderSampler(
    denoise,
    batch,
    { calls: LENGTH, schedule: "uniform", temperature: 1, topP: 1 },
    random,
  );
}

/** p(base at position | the row) under guidance, from its definition in probabilities. */
function guidedShare(
  row: Uint8Array,
  position: number,
  base: number,
  label: number,
  strength: number,
): number {
  const shares = (source: MarkovSource): number[] => {
    const weights = [0, 1, 2, 3].map((b) =>
      Math.exp(exactLogits(source, row)[4 * position + b] as number),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const conditional = shares(CLASSES[label] as MarkovSource);
  const free = shares(UNTOLD);
  const powers = conditional.map((p, b) => p ** strength * (free[b] as number) ** (1 - strength));
  return (powers[base] as number) / powers.reduce((sum, power) => sum + power, 0);
}

function lawOf(sequence: readonly number[], label: number, strength: number): number {
  const byOrder = ORDERS.map((order) => {
    const row = new Uint8Array(LENGTH).fill(MASK_ID);
    let p = 1;
    for (const position of order) {
      const base = sequence[position] as number;
      p *= guidedShare(row, position, base, label, strength);
      row[position] = base;
    }
    return p;
  });
  return byOrder.reduce((sum, p) => sum + p, 0) / ORDERS.length;
}

/** 99.9 % quantile of chi-square with 63 degrees of freedom (scipy.stats.chi2.ppf(0.999, 63)). */
const LIMIT = 103.44;

test.each([
  [0, 0.5],
  [0, 2],
  [1, 2],
  [1, 4],
])("class %i at strength %f has the law of its definition", async (label, strength) => {
  const count = 6000;
  const ids = await sampled(guidedDenoise(told, strength), label, count);
  let statistic = 0;
  for (const sequence of allSequences(LENGTH)) {
    let hits = 0;
    for (let i = 0; i < count; i++)
      if (sequence.every((base, j) => ids[i * LENGTH + j] === base)) hits++;
    const expected = count * lawOf([...sequence], label, strength);
    statistic += (hits - expected) ** 2 / expected;
  }
  expect(statistic).toBeLessThan(LIMIT);
});

test("strength 1 is the conditional, 0 the unconditional, to the last bit and for one evaluation a call", async () => {
  let evaluations = 0;
  const counted: Denoise = (ids, shape) => {
    evaluations++;
    return told(ids, shape);
  };
  const free = await sampled(exactDenoise(UNTOLD), undefined, 500);
  expect(await sampled(guidedDenoise(counted, 1), 1, 500)).toEqual(
    await sampled(exactDenoise(OTHER), undefined, 500),
  );
  expect(await sampled(guidedDenoise(counted, 0), 1, 500)).toEqual(free);
  expect(evaluations).toBe(2 * LENGTH);
  await sampled(guidedDenoise(counted, 3), 1, 500);
  expect(evaluations).toBe(4 * LENGTH);
  expect(await sampled(guidedDenoise(counted, 3), undefined, 500)).toEqual(free);
});
