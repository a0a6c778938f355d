/** A network of blocks reads noised and clean rows in one pass, and says of each block what a pass over it and the blocks before says. */

import { beforeAll, describe, expect, it } from "vitest";
import { blockDiffusion } from "../../src/diffusion/block-diffusion.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { ConfigError } from "../../src/errors.ts";
import { type DenoiserConfig, expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { BACKENDS, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const SIZE = { width: 16, layers: 2, heads: 2 };
const LENGTH = 19;
const ofBlocks = (blockLength: number): DenoiserConfig => ({
  ...SIZE,
  attention: "blocks",
  blockLength,
});

/** Fresh weights with heads and modulations that say something. */
function paramsOf(config: DenoiserConfig): ParamTree {
  const arrays = Object.entries(initDenoiser(config, 3)).map(([name, array]) => {
    const isZero = name.startsWith("head.") || name.includes(".modulation.");
    return [
      name,
      isZero ? { ...array, data: array.data.map((_, i) => Math.sin(i) / 2) } : array,
    ] as const;
  });
  return paramsFromArrays(Object.fromEntries(arrays));
}

const clean = randomIds(2 * LENGTH, 5);
const noised = clean.map((id, i) => ((7 * i) % 5 < 3 ? MASK_ID : id));

function expectClose(made: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(made.length).toBe(expected.length);
  for (let i = 0; i < made.length; i++) expect(made[i]).toBeCloseTo(expected[i] as number, 5);
}

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    [1, {}],
    [4, {}],
    [16, {}],
    [4, { classes: ["a", "b"] }],
  ])("with blocks of %i, told %j", async (blockLength, told) => {
    const config = { ...ofBlocks(blockLength), ...told };
    const params = paramsOf(config);
    const denoise = networkDenoise(params, config);
    const labels = "classes" in told ? { labels: [1, 0] } : {};
    const both = await denoise(noised, { batch: 2, length: LENGTH, clean, ...labels });
    for (let begin = 0; begin < LENGTH; begin += blockLength) {
      const end = Math.min(LENGTH, begin + blockLength);
      const rows = [0, 1].flatMap((row) => [
        ...clean.subarray(row * LENGTH, row * LENGTH + begin),
        ...noised.subarray(row * LENGTH + begin, row * LENGTH + end),
      ]);
      const cut = await denoise(Uint8Array.from(rows), { batch: 2, length: end, ...labels });
      for (const row of [0, 1]) {
        const own = both.subarray(4 * (row * LENGTH + begin), 4 * (row * LENGTH + end));
        expectClose(own, cut.subarray(4 * (row * end + begin), 4 * (row + 1) * end));
      }
    }
    disposeParams(params);
  });

  it("with one block is the network that sees all, whatever the clean row", async () => {
    const params = paramsOf(SIZE);
    const shape = { batch: 2, length: LENGTH };
    const expected = await networkDenoise(params, SIZE)(noised, shape);
    for (const blockLength of [LENGTH, 64]) {
      const denoise = networkDenoise(params, ofBlocks(blockLength));
      expectClose(await denoise(noised, { ...shape, clean }), expected);
      expectClose(await denoise(noised, shape), expected);
    }
    disposeParams(params);
  });

  it("with blocks of one base has the likelihood that the causal network of the same weights gives by the chain rule", async () => {
    const params = paramsOf(SIZE);
    const causal = networkDenoise(params, { ...SIZE, attention: "causal" });
    const ids = clean.subarray(0, LENGTH);
    const chainRule = async (own: Uint8Array): Promise<number> => {
      let nats = 0;
      for (let i = 0; i < LENGTH; i++) {
        const row = Uint8Array.of(...own.subarray(0, i), MASK_ID);
        const logits = await causal(row, { batch: 1, length: i + 1 });
        nats += maskedNats(logits, i, own[i] as number);
      }
      return nats;
    };
    const { likelihood } = blockDiffusion({ blockLength: 1, rates: { from: 1, to: 1 } });
    const inputs = [{ index: 0, ids, isSoftMasked: new Uint8Array(LENGTH) }];
    const options = { likelihood, draws: 3, batchSize: 2, seed: 1 };
    const denoise = networkDenoise(params, ofBlocks(1));
    for await (const { draws } of windowLikelihoods(denoise, inputs, options)) {
      expect(draws).toHaveLength(2);
      expect(draws[0]?.nats).toBeCloseTo(await chainRule(ids), 4);
      expect(draws[1]?.nats).toBeCloseTo(await chainRule(reverseComplementIds(ids)), 4);
    }
    disposeParams(params);
  });
});

describe("a configuration", () => {
  it.each([
    [{ attention: "blocks" }, "expected model.blockLength with model.attention blocks, got none"],
    [
      { blockLength: 4 },
      "expected model.blockLength with model.attention blocks only, got 4 with full",
    ],
    [
      { attention: "causal", blockLength: 4 },
      "expected model.blockLength with model.attention blocks only, got 4 with causal",
    ],
  ] as const)("%j is refused", (part, message) => {
    expect(() => expectDenoiserConfig({ ...SIZE, ...part })).toThrow(new ConfigError(message));
  });
});
