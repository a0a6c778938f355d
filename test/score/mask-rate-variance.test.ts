/** Mask rates and the variance of block losses: of laws whose variance is known, and of a perfect network. */

import { describe, expect, test } from "vitest";
import { type BlockLoss, blockLosses, rateVariances } from "../../src/score/mask-rate-variance.ts";
import { mean } from "../../src/stats/mean.ts";
import { N_ID } from "../../src/tokens/alphabet.ts";
import { exactBlockDenoise } from "../support/block-posterior.ts";
import { SOURCE, sourceNats } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const RATES = Array.from({ length: 2000 }, (_, i) => (i + 0.5) / 2000);

describe("the variance by range", () => {
  test("of losses that are the rate itself is a twelfth of the width squared, least of the narrowest", () => {
    const losses: BlockLoss[] = RATES.map((rate) => ({ rate, nats: rate }));
    const ranges = rateVariances(losses);
    expect(ranges).toHaveLength(11 + 9 + 7 + 5 + 3 + 1); // the widths .5 to 1 in steps of .05, wherever they fit
    for (const { from, to, variance, blocks } of ranges) {
      expect(variance).toBeCloseTo((to - from) ** 2 / 12, 4);
      expect(Math.abs(blocks - 2000 * (to - from))).toBeLessThanOrEqual(2);
    }
    expect(ranges.map(({ variance }) => variance)).toEqual(
      ranges.map(({ variance }) => variance).sort((a, b) => a - b),
    );
  });

  test("is least where losses vary least, and a range with one block has none", () => {
    const noisy = RATES.map((rate, i) => ({ rate, nats: rate > 0.3 && rate < 0.8 ? 1 : i % 2 }));
    expect(rateVariances(noisy)[0]).toMatchObject({ from: 0.3, to: 0.8, variance: 0 });
    expect(rateVariances([{ rate: 0.1, nats: 1 }])).toEqual([]);
  });
});

describe("losses of blocks", () => {
  test("mean −log p under a perfect network, a block of N alone has none", async () => {
    const ids = Uint8Array.from(randomIds(12, 3), (id) => id % 4);
    const windows = Array.from({ length: 4000 }, () => ids);
    const options = { blockLength: 4, batchSize: 300, seed: 2 };
    const losses = await blockLosses(exactBlockDenoise(SOURCE, 4), windows, options);
    expect(losses).toHaveLength(3 * 4000);
    const { value, standardError } = mean(losses.map(({ nats }) => nats));
    expect(Math.abs(value - sourceNats(SOURCE, ids) / 12)).toBeLessThan(
      4 * (standardError as number) + 0.01,
    );
    const gaps = [Uint8Array.of(0, 1, N_ID, N_ID, 2), Uint8Array.of(N_ID, N_ID, 0, 3, N_ID)];
    const uniform = async (rows: Uint8Array): Promise<Float64Array> =>
      new Float64Array(4 * rows.length);
    const made = await blockLosses(uniform, gaps, { blockLength: 2, batchSize: 1, seed: 2 });
    expect(made).toHaveLength(3);
    // Every masked base costs ln 4: a loss is ln 4 · masked / (rate · bases).
    for (const { rate, nats } of made) {
      const masked = (nats * rate) / Math.log(4);
      expect([0, 0.5, 1].some((share) => Math.abs(masked - share) < 1e-12)).toBe(true);
    }
  });

  test("do not depend on the batch", async () => {
    const windows = Array.from({ length: 7 }, (_, i) =>
      Uint8Array.from(randomIds(10, i), (id) => id % 4),
    );
    const of = (batchSize: number): Promise<BlockLoss[]> =>
      blockLosses(exactBlockDenoise(SOURCE, 4), windows, { blockLength: 4, batchSize, seed: 1 });
    expect(await of(3)).toEqual(await of(7));
  });

  test("vary least where few blocks have a small rate and few are hidden whole", async () => {
    const windows = Array.from({ length: 2000 }, (_, i) =>
      Uint8Array.from(randomIds(16, i), (id) => id % 4),
    );
    const options = { blockLength: 16, batchSize: 500, seed: 1 };
    const ranges = rateVariances(
      await blockLosses(exactBlockDenoise(SOURCE, 16), windows, options),
    );
    const all = ranges.find(({ from, to }) => from === 0 && to === 1);
    expect(ranges[0]?.from).toBeGreaterThan(0.2);
    expect(ranges[0]?.variance).toBeLessThan(0.5 * (all?.variance as number));
  });
});
