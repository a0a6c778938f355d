/** Block diffusion between its ends: blocks of one base are the autoregressive likelihood, one block is MDLM. */

import { describe, expect, test } from "vitest";
import { blockDiffusion } from "../../src/diffusion/block-diffusion.ts";
import { corrupt as maskBases } from "../../src/diffusion/corrupt.ts";
import { countingEstimator, drawNats } from "../../src/diffusion/counting-estimator.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { type WindowLikelihood, windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { mean } from "../../src/stats/mean.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { exactBlockDenoise } from "../support/block-posterior.ts";
import {
  allMaskings,
  exactDenoise,
  exactLogits,
  SOURCE,
  sourceNats,
} from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const ALL_RATES = { from: 0, to: 1 };
const X0 = Uint8Array.of(0, 2, 1, 1, 2, 3, 0);
const trainingRandom = {
  time: addressedRandom(1, "trainingTime"),
  mask: addressedRandom(1, "corruption"),
};
const likelihoodRandom = {
  stratum: addressedRandom(3, "countStratum"),
  subset: addressedRandom(3, "countSubset"),
};
const noSoftMask = (length: number): Uint8Array => new Uint8Array(length);

async function score(
  blockLength: number,
  windows: readonly Uint8Array[],
  draws: number,
): Promise<WindowLikelihood[]> {
  const { likelihood } = blockDiffusion({ blockLength, rates: ALL_RATES });
  const inputs = windows.map((ids, index) => ({
    ...{ index, ids },
    isSoftMasked: Uint8Array.from(ids, (_, i) => (i < 3 ? 1 : 0)),
  }));
  const scored: WindowLikelihood[] = [];
  const options = { likelihood, draws, batchSize: 64, seed: 1 };
  for await (const window of windowLikelihoods(
    exactBlockDenoise(SOURCE, blockLength),
    inputs,
    options,
  ))
    scored.push(window);
  return scored;
}

describe("training", () => {
  /** The rate of each block, from the weights of its masked bases; undefined where none is masked. */
  const ratesOf = (weight: Float32Array, blockLength: number): (number | undefined)[] =>
    Array.from({ length: Math.ceil(weight.length / blockLength) }, (_, block) => {
      const own = weight.subarray(block * blockLength, (block + 1) * blockLength);
      const distinct = [...new Set(own.filter((w) => w > 0))];
      expect(distinct.length).toBeLessThan(2);
      return distinct[0] === undefined ? undefined : 1 / distinct[0];
    });

  test("every block has a rate of its own, masked bases alone count, and N is never one", () => {
    const { corrupt } = blockDiffusion({ blockLength: 10, rates: { from: 0.4, to: 0.9 } });
    const x0 = randomIds(35, 2, 0.2);
    const { xt, weight } = corrupt(x0, 6, 8, trainingRandom);
    const rates = ratesOf(weight, 10);
    expect(rates).toHaveLength(4);
    for (const rate of rates) {
      expect(rate).toBeGreaterThan(0.4);
      expect(rate).toBeLessThan(0.9);
    }
    expect(new Set(rates).size).toBe(4);
    for (const [i, id] of x0.entries()) {
      if (id === N_ID) expect([xt[i], weight[i]]).toEqual([N_ID, 0]);
      else expect([xt[i] === MASK_ID, xt[i] === id]).toEqual([weight[i] !== 0, weight[i] === 0]);
    }
  });

  test("rates are stratified over all blocks of a step, and each block has all of them in turn", () => {
    const rates = { from: 0.5, to: 1 };
    const { corrupt } = blockDiffusion({ blockLength: 25, rates });
    const x0 = randomIds(75, 4); // three blocks
    const first: number[] = [];
    for (let step = 0; step < 400; step++) {
      const all = [0, 1, 2, 3].flatMap((place) =>
        ratesOf(corrupt(x0, 4 * step + place, 4, trainingRandom).weight, 25),
      ) as number[];
      const sorted = all.map((rate) => 2 * rate - 1).sort((a, b) => a - b);
      const gaps = sorted.map((u, i) =>
        i === 0 ? u + 1 - (sorted.at(-1) as number) : u - (sorted[i - 1] as number),
      );
      expect(Math.max(...gaps)).toBeLessThan(2 / 12); // one in each twelfth of the circle
      first.push(2 * (all[0] as number) - 1);
    }
    const { value } = mean(first);
    expect(Math.abs(value - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 400));
    const counts = [0, 0, 0, 0];
    for (const u of first) counts[Math.floor(4 * u)] = (counts[Math.floor(4 * u)] as number) + 1;
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(4 * Math.sqrt(75));
  });

  test("blocks of one base at rate 1 are hidden whole: the loss is nats a base", () => {
    const { corrupt } = blockDiffusion({ blockLength: 1, rates: { from: 1, to: 1 } });
    const x0 = Uint8Array.of(2, N_ID, 0, 1);
    expect(corrupt(x0, 5, 8, trainingRandom)).toEqual({
      xt: Uint8Array.of(MASK_ID, N_ID, MASK_ID, MASK_ID),
      weight: Float32Array.of(1, 0, 1, 1),
    });
  });

  test("with one block, masks and weights are MDLM's at the same time", () => {
    const noise = noiseSchedule("loglinear");
    const x0 = randomIds(60, 5);
    const { corrupt } = blockDiffusion({ blockLength: 60, rates: ALL_RATES });
    for (let index = 0; index < 20; index++) {
      const { xt, weight } = corrupt(x0, index, 8, trainingRandom);
      const [rate] = ratesOf(weight, 60);
      if (rate === undefined) continue;
      expect(xt).toEqual(maskBases(x0, rate, trainingRandom.mask, index));
      expect(1 / rate).toBeCloseTo(noise.weight(rate), 3);
    }
  });

  test.each([1, 2, 3, 7])(
    "with blocks of %i the mean loss of a perfect network is −log p",
    async (blockLength) => {
      const { corrupt } = blockDiffusion({ blockLength, rates: ALL_RATES });
      const rows = 12_000;
      const made = Array.from({ length: rows }, (_, i) => corrupt(X0, i, rows, trainingRandom));
      const ids = Uint8Array.from(made.flatMap(({ xt }) => [...xt]));
      const clean = Uint8Array.from(made.flatMap(() => [...X0]));
      const shape = { batch: rows, length: X0.length, clean };
      const logits = await exactBlockDenoise(SOURCE, blockLength)(ids, shape);
      const losses = made.map(({ weight }, row) =>
        weight.reduce(
          (sum, w, i) =>
            w === 0 ? sum : sum + w * maskedNats(logits, row * X0.length + i, X0[i] as number),
          0,
        ),
      );
      const { value, standardError } = mean(losses);
      expect(Math.abs(value - sourceNats(SOURCE, X0))).toBeLessThan(
        4 * (standardError as number) + 0.01,
      );
    },
  );
});

describe("likelihood", () => {
  const windows = [X0, Uint8Array.from(X0.toReversed(), (id) => (id + 1) % 4)];

  test("of blocks of one base is −log p of both strands exactly, as the autoregressive one", async () => {
    for (const [i, scored] of (await score(1, windows, 8)).entries()) {
      const ids = windows[i] as Uint8Array;
      const strands = [ids, reverseComplementIds(ids)].map((own) => sourceNats(SOURCE, own));
      expect(scored.draws.map(({ nats }) => nats)).toEqual(
        strands.map((nats) => expect.closeTo(nats, 10)),
      );
      expect(scored).not.toHaveProperty("standardErrorNats");
    }
    expect(blockDiffusion({ blockLength: 1, rates: ALL_RATES }).likelihood.kind).toBe("exact");
  });

  test.each([2, 3, 7, 10])(
    "of blocks of %i is a bound that is tight with a perfect network",
    async (blockLength) => {
      expect(blockDiffusion({ blockLength, rates: ALL_RATES }).likelihood.kind).toBe("bound");
      for (const [i, { draws }] of (await score(blockLength, windows, 3000)).entries()) {
        const ids = windows[i] as Uint8Array;
        for (const [strand, own] of [ids, reverseComplementIds(ids)].entries()) {
          const nats = draws.filter((_, row) => row % 2 === strand).map((draw) => draw.nats);
          const { value, standardError } = mean(nats);
          expect(Math.abs(value - sourceNats(SOURCE, own))).toBeLessThan(
            4 * (standardError as number),
          );
        }
      }
    },
  );

  test("of a network that is not perfect is the bound that enumeration of all masks gives", async () => {
    const wrong = (logits: Float64Array): Float64Array => logits.map((logit) => -logit);
    // E over k and S of (n / k) Σ, of each block given the bases before it, is a sum over its masks.
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    let expected = 0;
    for (const begin of [0, 3, 6]) {
      const block = X0.subarray(begin, begin + 3);
      const n = block.length;
      for (const masked of allMaskings(block)) {
        const k = masked.filter((id) => id === MASK_ID).length;
        const row = Uint8Array.of(...X0.subarray(0, begin), ...masked);
        const logits = wrong(exactLogits(SOURCE, row));
        for (const [i, id] of masked.entries())
          if (id === MASK_ID)
            expected += maskedNats(logits, begin + i, block[i] as number) / (k * choose(n, k));
      }
    }
    const { likelihood } = blockDiffusion({ blockLength: 3, rates: ALL_RATES });
    const rows = 2000;
    const nats: number[] = [];
    for (let row = 0; row < rows; row += 2) {
      const own = likelihood.row(X0, likelihoodRandom, 4, row, rows);
      const shape = { batch: 1, length: 7, clean: X0 };
      const logits = await exactBlockDenoise(SOURCE, 3)(own.input, shape);
      nats.push(own.nats(noSoftMask(7), wrong(logits as Float64Array), 0).total);
    }
    const { value, standardError } = mean(nats);
    expect(Math.abs(value - expected)).toBeLessThan(4 * (standardError as number));
    expect(Math.abs(expected - sourceNats(SOURCE, X0))).toBeGreaterThan(
      4 * (standardError as number),
    );
  });

  test("counts of masked bases are uniform in every block, over the rows of a window", () => {
    const { likelihood } = blockDiffusion({ blockLength: 4, rates: ALL_RATES });
    const x0 = randomIds(10, 3); // blocks of 4, 4 and 2
    const rows = likelihood.rows(12);
    const counts = [0, 1, 2].map(() => new Map<number, number>());
    for (let row = 0; row < rows; row += 2) {
      const { input, clean } = likelihood.row(x0, likelihoodRandom, 7, row, rows);
      expect(clean).toEqual(x0);
      for (const [block, count] of counts.entries()) {
        const own = input.subarray(4 * block, 4 * block + 4);
        const k = own.filter((id) => id === MASK_ID).length;
        count.set(k, (count.get(k) ?? 0) + 1);
        for (const [i, id] of own.entries()) if (id !== MASK_ID) expect(id).toBe(x0[4 * block + i]);
      }
    }
    const each = (most: number): [number, number][] =>
      Array.from({ length: most }, (_, i) => [i + 1, 12 / most]);
    const sorted = counts.map((count) => [...count].sort(([a], [b]) => a - b));
    expect(sorted).toEqual([each(4), each(4), each(2)]);
  });

  test("with one block, a row costs what MDLM's costs with the same mask", async () => {
    const { likelihood } = blockDiffusion({ blockLength: 7, rates: ALL_RATES });
    const denoise = exactDenoise(SOURCE);
    for (let row = 0; row < 8; row += 2) {
      const own = likelihood.row(X0, likelihoodRandom, 2, row, 8);
      const logits = await denoise(own.input, { batch: 1, length: 7 });
      const masked = [...own.input.keys()].filter((i) => own.input[i] === MASK_ID);
      const draw = { xt: own.input, masked, weight: 7 / masked.length };
      const expected = drawNats(draw, X0, noSoftMask(7), logits, 0);
      expect(own.nats(noSoftMask(7), logits, 0).total).toBeCloseTo(expected.total, 12);
    }
    expect(mdlm(noiseSchedule("loglinear")).likelihood).toBe(countingEstimator);
  });

  test("leaves N out, and gives soft-masked bases their own nats on both strands", async () => {
    const { likelihood } = blockDiffusion({ blockLength: 1, rates: ALL_RATES });
    const x0 = Uint8Array.of(0, N_ID, 2, 3);
    const soft = Uint8Array.of(1, 1, 0, 0);
    // Logits that say which position they are of: nats of position i are those of four logits (i, 0, 0, 0).
    const logits = new Float64Array(16);
    for (let i = 0; i < 4; i++) logits[4 * i] = i;
    const nats = (position: number, base: number): number => maskedNats(logits, position, base);
    const forward = likelihood.row(x0, likelihoodRandom, 0, 0, 2).nats(soft, logits, 0);
    expect(forward.total).toBeCloseTo(nats(0, 0) + nats(2, 2) + nats(3, 3), 12);
    expect(forward.softMasked).toBeCloseTo(nats(0, 0), 12);
    // The other strand is A C N T, soft-masked in its last two.
    const reverse = likelihood.row(x0, likelihoodRandom, 0, 1, 2).nats(soft, logits, 0);
    expect(reverse.total).toBeCloseTo(nats(0, 0) + nats(1, 1) + nats(3, 3), 12);
    expect(reverse.softMasked).toBeCloseTo(nats(3, 3), 12);
  });
});
