/** The sampler of block diffusion: its law, its prompts, its calls, and that it hears nothing from later blocks. */

import { describe, expect, test } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { SamplingError } from "../../src/errors.ts";
import { blockByBlockSampler } from "../../src/sampling/block-by-block.ts";
import { randomOrderSampler } from "../../src/sampling/random-order.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { exactBlockDenoise } from "../support/block-posterior.ts";
import { SOURCE, sourceNats } from "../support/markov-source.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";
import { chiSquare, LENGTH, LIMIT } from "../support/sampling/chi-square.ts";
import { tabularDenoise } from "../support/tabular-law.ts";

const M = MASK_ID;
const optionsOf = (blockLength: number, calls: number) => ({
  ...{ temperature: 1, topP: 1, schedule: "uniform" as const },
  ...{ blockLength, calls },
});

test.each([1, 2, 3, 5])(
  "with a call a base, blocks of %i have the law of the source, by chi-square",
  async (blockLength) => {
    const made = await blockByBlockSampler(
      exactBlockDenoise(SOURCE, blockLength),
      maskedBatch(20_000, LENGTH),
      optionsOf(blockLength, LENGTH),
      samplerRandom(1),
    );
    expect(chiSquare(made, (sequence) => Math.exp(-sourceNats(SOURCE, sequence)))).toBeLessThan(
      LIMIT,
    );
  },
);

test("with fewer calls the bases of one call do not know of each other", async () => {
  const made = await blockByBlockSampler(
    exactBlockDenoise(SOURCE, 2),
    maskedBatch(20_000, LENGTH),
    optionsOf(2, 2),
    samplerRandom(1),
  );
  expect(chiSquare(made, (sequence) => Math.exp(-sourceNats(SOURCE, sequence)))).toBeGreaterThan(
    10 * LIMIT,
  );
});

test("one block is random order", async () => {
  const [batch, random] = [maskedBatch(50, LENGTH), samplerRandom(2)];
  const options = optionsOf(LENGTH, 2);
  expect(await blockByBlockSampler(tabularDenoise, batch, options, random)).toEqual(
    await randomOrderSampler(tabularDenoise, batch, options, random),
  );
});

test("each block has its share of the calls, in turn", async () => {
  const asked: number[][] = [];
  const denoise: Denoise = async (ids, { batch, length, wanted }) => {
    asked.push((wanted as number[][])[0] as number[]);
    return new Float64Array(4 * batch * length).fill(ids.length);
  };
  const made = await blockByBlockSampler(
    denoise,
    maskedBatch(1, 8),
    optionsOf(4, 4),
    samplerRandom(3),
  );
  expect(asked.map((positions) => positions.length)).toEqual([2, 2, 2, 2]);
  expect(asked.map((positions) => new Set(positions.map((i) => Math.floor(i / 4))))).toEqual(
    [0, 0, 1, 1].map((block) => new Set([block])),
  );
  expect(asked.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(made.every((id) => id < 4)).toBe(true);
});

describe("a prompt", () => {
  const fill = (row: readonly number[], calls: number): Promise<Uint8Array> =>
    blockByBlockSampler(
      exactBlockDenoise(SOURCE, 3),
      { batch: 1, length: row.length, samples: [0], ids: Uint8Array.from(row) },
      optionsOf(3, calls),
      samplerRandom(2),
    );

  test("is kept at the beginning and inside of the first free block", async () => {
    const made = await fill([0, 2, 1, M, 2, M, M, M], 4);
    expect([...made.subarray(0, 3), made[4]]).toEqual([0, 2, 1, 2]);
    expect(made.every((id) => id < 4)).toBe(true);
  });

  test("without a free base is given back", async () => {
    expect([...(await fill([0, 1, 2, 3], 0))]).toEqual([0, 1, 2, 3]);
  });

  test("with a base behind the first free block is refused, with both positions", async () => {
    await expect(fill([0, M, M, 3], 2)).rejects.toThrow(
      new SamplingError(
        "expected nothing kept in a block behind a free base, as blocks of 3 are filled from left to right, got base 4 kept and base 2 free " +
          "(a run of --objective mdlm fills in anywhere)",
      ),
    );
  });

  test("with fewer calls than free blocks is refused", async () => {
    await expect(fill([M, M, M, M, M, M, M], 2)).rejects.toThrow(
      "expected at least one call a block, got 2 calls for 3",
    );
  });
});

test("a sample does not depend on its batch", async () => {
  const [denoise, options, random] = [
    exactBlockDenoise(SOURCE, 4),
    optionsOf(4, 12),
    samplerRandom(5),
  ];
  const made = await blockByBlockSampler(denoise, maskedBatch(6, 20), options, random);
  const alone = await blockByBlockSampler(denoise, maskedBatch(1, 20, 4), options, random);
  expect(alone).toEqual(made.subarray(80, 100));
});
