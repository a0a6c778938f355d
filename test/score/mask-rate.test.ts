/** Bits by mask rate where the truth is a closed form. */

import { describe, expect, it } from "vitest";
import { countingEstimator } from "../../src/diffusion/counting-estimator.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { type MaskRateNats, natsByMaskRate } from "../../src/score/mask-rate.ts";
import { type WindowLikelihood, windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { randomIds } from "../support/random-ids.ts";

async function score(
  windows: readonly Uint8Array[],
  denoise: Denoise,
  draws: number,
): Promise<WindowLikelihood[]> {
  const inputs = windows.map((ids, index) => {
    return { index, ids, isSoftMasked: new Uint8Array(ids.length) };
  });
  const options = { likelihood: countingEstimator, draws, batchSize: 16, seed: 3 };
  const scored: WindowLikelihood[] = [];
  for await (const window of windowLikelihoods(denoise, inputs, options)) scored.push(window);
  return scored;
}

/** Logits of each row from the row's ids. */
const byRow =
  (logits: (row: Uint8Array, position: number) => readonly number[]): Denoise =>
  async (ids, { batch, length }) =>
    Float64Array.from(
      Array.from({ length: batch }, (_, b) => ids.subarray(b * length, (b + 1) * length)).flatMap(
        (row) => [...row.keys()].flatMap((position) => [...logits(row, position)]),
      ),
    );

const masked = (row: Uint8Array): number => row.filter((id) => id === MASK_ID).length;

describe("a denoiser that knows only how many bases are masked", () => {
  /** Nats of the base A with k masked. */
  const natsAt = (k: number): number => Math.log(1 + 3 * Math.exp(-k / 5));
  const denoise = byRow((row) => [masked(row) / 5, 0, 0, 0]);

  it.each([40, 37])("of windows of %i bases: each bin is the mean over its counts", async (n) => {
    // As many draws as bases: stratified, each count 1 … n comes exactly once.
    const windows = [new Uint8Array(n), new Uint8Array(n)];
    const found = natsByMaskRate(await score(windows, denoise, n), 10);
    const counts = Array.from({ length: n }, (_, i) => i + 1);
    const expected = Array.from({ length: 10 }, (_, bin) => {
      // In whole numbers: bin / 10 < k / n ≤ (bin + 1) / 10.
      const inside = counts.filter((k) => 10 * k > bin * n && 10 * k <= (bin + 1) * n);
      const sum = inside.reduce((total, k) => total + natsAt(k), 0);
      return {
        ...{ from: bin / 10, to: (bin + 1) / 10 },
        nats: expect.closeTo(sum / inside.length, 12),
        standardError: expect.closeTo(0, 12),
        draws: 2 * inside.length,
        maskedBases: 2 * inside.reduce((total, k) => total + k, 0),
      };
    });
    expect(found).toEqual(expected);
  });
});

it("a uniform denoiser has two bits at every rate", async () => {
  const windows = Array.from({ length: 5 }, (_, i) => randomIds(30, i + 1, 0.2));
  const found = natsByMaskRate(
    await score(
      windows,
      byRow(() => [0, 0, 0, 0]),
      20,
    ),
    10,
  );
  expect(found).toHaveLength(10);
  for (const { nats, standardError } of found) {
    expect(nats / Math.LN2).toBeCloseTo(2, 12);
    expect(standardError).toBeCloseTo(0, 12);
  }
});

it("windows that hold a sequence twice have 2 (k − 1)/(n − 1) bits with k of n masked, within the errors", async () => {
  const half = 20;
  const n = 2 * half;
  const windows = Array.from({ length: 60 }, (_, i) => {
    const once = randomIds(half, i + 1);
    return Uint8Array.from([...once, ...once]);
  });
  // The other copy's base where it is visible, else nothing.
  const denoise = byRow((row, position) => {
    const copy = row[(position + half) % n] as number;
    return [0, 1, 2, 3].map((base) => (copy === MASK_ID || copy === base ? 0 : -50));
  });
  const found = natsByMaskRate(await score(windows, denoise, n), 10);
  expect(found).toHaveLength(10);
  for (const [bin, { nats, standardError = 0 }] of found.entries()) {
    // The bin's four counts, each once a window, average to its middle.
    const k = 4 * bin + 2.5;
    const error = Math.abs(nats / Math.LN2 - (2 * (k - 1)) / (n - 1));
    expect(error, `bin ${bin}`).toBeLessThan(4 * (standardError / Math.LN2));
    expect(standardError / Math.LN2, `error of bin ${bin}`).toBeLessThan(0.1);
  }
  const spread = found.map(({ standardError = 0 }) => standardError);
  expect(Math.max(...spread)).toBeGreaterThan(0.001);
});

it("the bins' mean by draws is the whole bound", async () => {
  const windows = Array.from({ length: 8 }, (_, i) => randomIds(24, i + 1));
  const scored = await score(
    windows,
    byRow((row) => [masked(row) / 7, 0, 1, 0]),
    5,
  );
  const found = natsByMaskRate(scored, 10);
  const total = scored.reduce((sum, { nats }) => sum + nats, 0);
  const bases = scored.reduce((sum, { scoredBases }) => sum + scoredBases, 0);
  const draws = (bins: readonly MaskRateNats[]): number =>
    bins.reduce((sum, bin) => sum + bin.draws, 0);
  expect(draws(found)).toBe(40);
  const mean = found.reduce((sum, bin) => sum + bin.draws * bin.nats, 0) / draws(found);
  expect(mean).toBeCloseTo(total / bases, 12);
});

it("leaves out windows of N only and bins without draws, and an error of a single window", async () => {
  const windows = [Uint8Array.from({ length: 10 }, () => 4), new Uint8Array(10)];
  const found = natsByMaskRate(
    await score(
      windows,
      byRow(() => [0, 0, 0, 0]),
      1,
    ),
    10,
  );
  expect(found).toEqual([
    {
      ...{ from: expect.any(Number), to: expect.any(Number), draws: 1 },
      nats: expect.closeTo(Math.log(4), 12),
      maskedBases: Math.round(10 * (found[0]?.to ?? 0)),
    },
  ]);
});
