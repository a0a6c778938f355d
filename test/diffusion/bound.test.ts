/**
 * The bound against the truth. With the exact denoiser of a Markov source every conditional is right, so the bound is
 * tight: the counting form must give −log p itself.
 */

import { describe, expect, it } from "vitest";
import {
  countingDraw,
  countingEstimator,
  drawNats,
} from "../../src/diffusion/counting-estimator.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { MIN_TIME } from "../../src/diffusion/training-time.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { mean } from "../../src/stats/mean.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { integrate } from "../support/integrate.ts";
import {
  allMaskings,
  exactDenoise,
  exactLogits,
  SOURCE,
  sourceNats,
} from "../support/markov-source.ts";

const X0 = Uint8Array.of(0, 2, 1, 1, 2, 3);
const L = X0.length;

/** Σ −log p(x_i | visible) over the masked positions of x_t. */
function maskedSum(xt: Uint8Array): number {
  const logits = exactLogits(SOURCE, xt);
  let nats = 0;
  for (const [i, id] of xt.entries())
    if (id === MASK_ID) nats += maskedNats(logits, i, X0[i] as number);
  return nats;
}

/** Mean of `maskedSum` over all maskings of exactly k positions, k = 1 … L; index 0 unused. */
const meanByCount: number[] = (() => {
  const sums = new Array<number>(L + 1).fill(0);
  const counts = new Array<number>(L + 1).fill(0);
  for (const xt of allMaskings(X0)) {
    const k = xt.filter((id) => id === MASK_ID).length;
    sums[k] = (sums[k] as number) + maskedSum(xt);
    counts[k] = (counts[k] as number) + 1;
  }
  return sums.map((sum, k) => sum / (counts[k] as number));
})();

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** E over masks of the masked sum at mask probability m. */
function expectedSum(m: number): number {
  let sum = 0;
  for (let k = 1; k <= L; k++)
    sum += choose(L, k) * m ** k * (1 - m) ** (L - k) * (meanByCount[k] as number);
  return sum;
}

it("is −log p when counted over every mask, to 1e-9", () => {
  let nelbo = 0;
  for (let k = 1; k <= L; k++) nelbo += ((L / k) * (meanByCount[k] as number)) / L;
  expect(nelbo).toBeCloseTo(sourceNats(SOURCE, X0), 9);
});

describe.each(NOISE_NAMES)("the training estimator under the %s schedule", (name) => {
  const noise = noiseSchedule(name);

  it("has the expectation of the integral over the mask probabilities it covers, to 1e-6", () => {
    // In t, as the estimator draws it: uniform on [1e-3, 1].
    const inTime =
      integrate((t) => noise.weight(t) * expectedSum(noise.maskProbability(t)), MIN_TIME, 1, 4000) /
      (1 - MIN_TIME);
    // In m: dm = weight · m dt, so the integrand is expectedSum(m) / m whatever the schedule.
    const from = noise.maskProbability(MIN_TIME);
    const to = noise.maskProbability(1);
    const inMaskProbability = integrate((m) => expectedSum(m) / m, from, to, 200) / (1 - MIN_TIME);
    expect(Math.abs(inTime - inMaskProbability)).toBeLessThan(1e-6);
  });

  it("leaves uncovered what lies outside, no more than the mask probabilities missing times the worst base", () => {
    const from = noise.maskProbability(MIN_TIME);
    const to = noise.maskProbability(1);
    const whole = integrate((m) => expectedSum(m) / m, 0, 1, 200);
    const covered = integrate((m) => expectedSum(m) / m, from, to, 200);
    expect(whole).toBeCloseTo(sourceNats(SOURCE, X0), 9);
    const worst = Math.max(...meanByCount.slice(1).map((sum, i) => sum / (i + 1))) * L;
    expect(whole - covered).toBeGreaterThanOrEqual(0);
    expect(whole - covered).toBeLessThanOrEqual(worst * (from + 1 - to) + 1e-12);
  });

  it("averages to that integral over many examples, within four standard errors", () => {
    const objective = mdlm(noise);
    const random = {
      time: addressedRandom(2, "trainingTime"),
      mask: addressedRandom(2, "corruption"),
    };
    const groups: number[] = [];
    for (let group = 0; group < 100; group++) {
      let sum = 0;
      for (let j = 0; j < 64; j++) {
        const { xt, weight } = objective.corrupt(X0, group * 64 + j, 64, random);
        const logits = exactLogits(SOURCE, xt);
        for (const [i, w] of weight.entries())
          if (w > 0) sum += w * maskedNats(logits, i, X0[i] as number);
      }
      groups.push(sum / 64);
    }
    const mean = groups.reduce((a, b) => a + b, 0) / groups.length;
    const variance = groups.reduce((a, b) => a + (b - mean) ** 2, 0) / (groups.length - 1);
    const expected =
      integrate(
        (m) => expectedSum(m) / m,
        noise.maskProbability(MIN_TIME),
        noise.maskProbability(1),
        200,
      ) /
      (1 - MIN_TIME);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / groups.length));
  });
});

it("agrees with −log p of long sequences within three standard errors of its draws", async () => {
  const random = addressedRandom(9, "demoGenome");
  for (let example = 0; example < 3; example++) {
    const ids = new Uint8Array(80);
    let row = SOURCE.initial;
    for (let i = 0; i < ids.length; i++) {
      const u = random.uniform(example, 0, i);
      const upTo = (base: number): number => row.slice(0, base + 1).reduce((sum, p) => sum + p, 0);
      ids[i] = [0, 1, 2, 3].findIndex((base) => u < upTo(base));
      row = SOURCE.transition[ids[i] as number] as number[];
    }
    const window = { index: example, ids, isSoftMasked: new Uint8Array(80) };
    const options = { likelihood: countingEstimator, draws: 400, batchSize: 50, seed: 4 };
    for await (const scored of windowLikelihoods(exactDenoise(SOURCE), [window], options)) {
      const error = scored.standardErrorNats as number;
      expect(Math.abs(scored.nats - sourceNats(SOURCE, ids))).toBeLessThan(3 * error);
      expect(error).toBeLessThan(0.05 * scored.nats);
    }
  }
});

it("gives a uniform predictor 2 bits a base exactly, and an order-0 predictor the entropy of the bases", async () => {
  const ids = Uint8Array.of(0, 0, 1, 2, 3, 3, 3, N_ID);
  const shares = [2 / 7, 1 / 7, 1 / 7, 3 / 7];
  const constant =
    (row: readonly number[]) =>
    async (_: Uint8Array, { batch, length }: { batch: number; length: number }) =>
      Float64Array.from({ length: batch * length * 4 }, (_value, i) => row[i % 4] as number);
  const window = { index: 0, ids, isSoftMasked: Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0) };
  const options = { likelihood: countingEstimator, draws: 7, batchSize: 3, seed: 1 };
  for await (const scored of windowLikelihoods(constant([3, 3, 3, 3]), [window], options)) {
    expect(scored.scoredBases).toBe(7);
    expect(scored.nats / Math.LN2 / 7).toBeCloseTo(2, 12);
  }
  const entropy = -shares.reduce((sum, p) => sum + p * Math.log(p), 0);
  const nats: number[] = [];
  const many = Array.from({ length: 400 }, (_, index) => ({ ...window, index }));
  for await (const scored of windowLikelihoods(constant(shares.map(Math.log)), many, options))
    nats.push(scored.nats / 7);
  const { value, standardError } = mean(nats);
  expect(Math.abs(value - entropy)).toBeLessThan(3 * (standardError as number));
  expect(standardError).toBeLessThan(0.01);
});

it("gives the same numbers whatever the batch size, and skips a window of N only", async () => {
  const windows = [X0, new Uint8Array(L).fill(N_ID), Uint8Array.of(3, 3, 0, 0, 1, 2)].map(
    (ids, index) => ({
      index,
      ids,
      isSoftMasked: new Uint8Array(L).fill(1),
    }),
  );
  const score = async (batchSize: number): Promise<unknown[]> => {
    const scored: unknown[] = [];
    const options = { likelihood: countingEstimator, draws: 5, batchSize, seed: 8 };
    for await (const window of windowLikelihoods(exactDenoise(SOURCE), windows, options))
      scored.push(window);
    return scored;
  };
  const expected = await score(1);
  expect(expected[1]).toEqual({
    index: 1,
    scoredBases: 0,
    softMaskedBases: 0,
    nats: 0,
    softMaskedNats: 0,
    draws: [],
  });
  for (const batchSize of [2, 3, 100]) expect(await score(batchSize)).toEqual(expected);
});

it("draws each subset of a size equally often", () => {
  const random = {
    stratum: addressedRandom(1, "countStratum"),
    subset: addressedRandom(1, "countSubset"),
  };
  const counts = new Map<string, number>();
  const x0 = Uint8Array.of(0, N_ID, 1, 2, 3);
  for (let draw = 0; draw < 12_000; draw++) {
    const { masked, weight, xt } = countingDraw(x0, random, 0, draw, 12_000);
    expect(weight).toBe(4 / masked.length);
    expect(xt[1]).toBe(N_ID);
    counts.set(masked.join(), (counts.get(masked.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(15);
  for (const [subset, count] of counts) {
    const expected = 3000 / choose(4, subset.split(",").length);
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});

it("splits the nats of a draw by the soft-mask track", () => {
  const random = {
    stratum: addressedRandom(1, "countStratum"),
    subset: addressedRandom(1, "countSubset"),
  };
  const draw = countingDraw(X0, random, 0, 0, 1);
  const logits = exactLogits(SOURCE, draw.xt);
  const all = drawNats(draw, X0, new Uint8Array(L).fill(1), logits, 0);
  const none = drawNats(draw, X0, new Uint8Array(L), logits, 0);
  expect(all.softMasked).toBe(all.total);
  expect(none).toEqual({ total: all.total, softMasked: 0 });
});
