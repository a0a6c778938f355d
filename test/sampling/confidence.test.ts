import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { SamplingError } from "../../src/errors.ts";
import { CONFIDENCES, confidenceOf } from "../../src/sampling/confidence.ts";
import type { ConfidenceOptions } from "../../src/sampling/confidence-order.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";

const LOGITS = Float64Array.from([0.1, 0.2, 0.3, 0.4], (p) => Math.log(p) - 7);

describe("confidenceOf", () => {
  const of = (allowed: number, drawn: number): number[] =>
    CONFIDENCES.map((confidence) => confidenceOf(confidence, LOGITS, 0, allowed, drawn));

  it("is the drawn base's probability, the largest, the margin, the negative entropy", () => {
    const entropy = [0.1, 0.2, 0.3, 0.4].reduce((sum, p) => sum - p * Math.log(p), 0);
    const expected = [0.1, 0.4, 0.4 - 0.3, -entropy];
    for (const [i, value] of of(0b1111, 0).entries())
      expect(value).toBeCloseTo(expected[i] ?? 0, 12);
  });

  it("is of the allowed bases alone", () => {
    const ln = Math.log;
    const expected = [2 / 3, 2 / 3, 1 / 3, (1 / 3) * ln(1 / 3) + (2 / 3) * ln(2 / 3)];
    for (const [i, value] of of(0b0011, 1).entries())
      expect(value).toBeCloseTo(expected[i] ?? 0, 12);
    expect(of(0b0100, 2)).toEqual([1, 1, 1, 0]);
  });
});

/** Position i is the surer the larger its number here; each says T when it is sure. */
const SURE = [0.3, 0.9, 0.4, 0.6, 0.8, 0.5];
const denoise: Denoise = async (ids, { length }) =>
  Float64Array.from({ length: 4 * ids.length }, (_, i) => {
    const p = SURE[Math.floor(i / 4) % length] as number;
    return Math.log(i % 4 === 3 ? p : (1 - p) / 3);
  });

const OPTIONS: ConfidenceOptions = {
  ...{ calls: 6, temperature: 0, topP: 1, schedule: "uniform", orderTemperature: 0 },
  confidence: "max-probability",
};

/** Positions in the order in which calls revealed them. */
async function revealed(options: Partial<ConfidenceOptions>, seed = 1): Promise<number[][]> {
  const states: number[][] = [];
  const watching: Denoise = (ids, shape) => {
    states.push([...ids]);
    return denoise(ids, shape);
  };
  const sampler = bind(samplers.confidence, { ...OPTIONS, ...options });
  states.push([...(await sampler(watching, maskedBatch(1, 6), samplerRandom(seed)))]);
  return states
    .slice(1)
    .map((state, i) =>
      state.flatMap((id, at) => (id !== MASK_ID && states[i]?.[at] === MASK_ID ? [at] : [])),
    );
}

describe("the order", () => {
  it.each(CONFIDENCES)("is by confidence, one a call: %s", async (confidence) => {
    expect(await revealed({ confidence })).toEqual([[1], [4], [3], [5], [2], [0]]);
  });

  it("takes as many a call as the schedule says", async () => {
    expect(await revealed({ calls: 2 })).toEqual([
      [1, 3, 4],
      [0, 2, 5],
    ]);
    expect(await revealed({ calls: 3, schedule: "cosine" })).toEqual([[1], [3, 4], [0, 2, 5]]);
  });

  it("fills blocks from left to right, by as many calls each", async () => {
    expect(await revealed({ blockLength: 3 })).toEqual([[1], [2], [0], [4], [3], [5]]);
    expect(await revealed({ blockLength: 3, calls: 2 })).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    await expect(revealed({ blockLength: 2, calls: 2 })).rejects.toThrow(
      new SamplingError(
        "expected at least one call a block, got 2 calls for 3: give more calls, or fewer and longer blocks",
      ),
    );
  });

  it("is drawn by exp(confidence / orderTemperature) where that is above 0", async () => {
    const tau = 0.3;
    const weights = SURE.map((p) => Math.exp(p / tau));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const firsts = new Array<number>(6).fill(0);
    const runs = 1500;
    for (let seed = 0; seed < runs; seed++) {
      const [first] = (await revealed({ orderTemperature: tau }, seed))[0] as [number];
      firsts[first] = (firsts[first] as number) + 1;
    }
    let statistic = 0;
    for (const [i, count] of firsts.entries()) {
      const expected = (runs * (weights[i] as number)) / total;
      statistic += (count - expected) ** 2 / expected;
    }
    expect(statistic).toBeLessThan(20.52); // scipy.stats.chi2.ppf(0.999, 5)
  });
});

it("low-confidence keeps what it drew likely: T first wherever T came out", async () => {
  const half: Denoise = async (ids) =>
    Float64Array.from({ length: 4 * ids.length }, (_, i) =>
      Math.log([0.05, 0.05, 0.1, 0.8][i % 4] ?? 0),
    );
  const options = { ...OPTIONS, temperature: 1, calls: 3, confidence: "low-confidence" as const };
  let likely = 0;
  for (let seed = 0; seed < 200; seed++) {
    const out = await bind(samplers.confidence, options)(
      half,
      maskedBatch(1, 6),
      samplerRandom(seed),
    );
    likely += out.filter((id) => id === 3).length;
  }
  expect(likely / 1200).toBeGreaterThan(0.87); // by the source itself 0.8
});
