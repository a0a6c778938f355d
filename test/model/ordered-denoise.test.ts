/** What a network that reads from left to right keeps of rows changes no logit, and spares the positions that it has seen. */

import { beforeAll, describe, expect, it } from "vitest";
import { autoregressive } from "../../src/diffusion/autoregressive.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { type OrderedDenoise, orderedDenoise } from "../../src/model/ordered-denoise.ts";
import { blockByBlockSampler } from "../../src/sampling/block-by-block.ts";
import { leftToRightSampler } from "../../src/sampling/left-to-right.ts";
import { disposeParams, type ParamTree, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { BACKENDS, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";

const SIZE = { width: 16, layers: 2, heads: 2, attention: "causal" } as const;
const TOLD = { ...SIZE, classes: ["a", "b"] };
const LENGTH = 17;
const BATCH = 3;

/** Fresh weights with heads and modulations that say something. */
function paramsOf(config: typeof SIZE | typeof TOLD): ParamTree {
  const arrays = Object.entries(initDenoiser(config, 3)).map(([name, array]) => {
    const isZero = name.startsWith("head.") || name.includes(".modulation.");
    return [
      name,
      isZero ? { ...array, data: array.data.map((_, i) => Math.sin(i) / 2) } : array,
    ] as const;
  });
  return paramsFromArrays(Object.fromEntries(arrays));
}

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("gives the wanted logits of a whole pass, wherever rows begin to differ from those before", async () => {
    const params = paramsOf(SIZE);
    const [whole, cached] = [networkDenoise(params, SIZE), orderedDenoise(params, SIZE)];
    const ids = randomIds(BATCH * LENGTH, 5);
    const shape = { batch: BATCH, length: LENGTH };
    // Where the next call changes one row, and which positions it wants: on, back, all of it, far ahead, the same again.
    const calls = [
      ...([
        [0, [0]],
        [1, [1]],
        [2, [2, 4]],
        [9, [6]],
        [3, [3, 8]],
        [0, [0]],
        [12, [16]],
        [16, [16]],
      ] as const),
    ];
    for (const [changed, positions] of calls) {
      ids[LENGTH + changed] = ((ids[LENGTH + changed] as number) + 1) % 4;
      const wanted = [positions, [positions[0] as number], []];
      const [made, expected] = [
        await cached.denoise(ids, { ...shape, wanted }),
        await whole(ids, shape),
      ];
      for (const [row, own] of wanted.entries()) {
        for (const position of own) {
          const at = 4 * (row * LENGTH + position);
          for (let base = 0; base < 4; base++)
            expect(made[at + base]).toBeCloseTo(expected[at + base] as number, 5);
        }
      }
    }
    const [all, expected] = [await cached.denoise(ids, shape), await whole(ids, shape)];
    for (const [i, logit] of all.entries()) expect(logit).toBeCloseTo(expected[i] as number, 5);
    cached.dispose();
    disposeParams(params);
  });

  it("samples what the network itself samples, and computes each position once", async () => {
    const params = paramsOf(SIZE);
    const cached = orderedDenoise(params, SIZE);
    const sample = (denoise: OrderedDenoise["denoise"]): Promise<Uint8Array> =>
      leftToRightSampler(
        denoise,
        maskedBatch(BATCH, LENGTH),
        { temperature: 1, topP: 1 },
        samplerRandom(2),
      );
    expect(await sample(cached.denoise)).toEqual(await sample(networkDenoise(params, SIZE)));
    expect(cached.computed()).toBe(BATCH * LENGTH);
    cached.dispose();
    disposeParams(params);
  });

  it("samples blocks as the network itself does, computing a block as often as it changes", async () => {
    const size = { ...SIZE, attention: "blocks", blockLength: 4 } as const;
    const params = paramsOf(SIZE);
    const cached = orderedDenoise(params, size);
    const sample = (
      denoise: OrderedDenoise["denoise"],
      calls: number,
      length: number,
      first = 0,
    ): Promise<Uint8Array> =>
      blockByBlockSampler(
        denoise,
        maskedBatch(BATCH, length, first),
        { temperature: 1, topP: 1, schedule: "uniform", blockLength: 4, calls },
        samplerRandom(2),
      );
    const whole = networkDenoise(params, size);
    expect(await sample(cached.denoise, LENGTH, LENGTH)).toEqual(
      await sample(whole, LENGTH, LENGTH),
    );
    // 17 bases: four calls of each of four blocks, one of the last, and each block but the last once more when it is whole.
    expect(cached.computed()).toBe(BATCH * (4 * 4 * 4 + 1 + 4 * 4));
    // Longer and other rows after these, with fewer calls.
    for (const [calls, length, first] of [
      [9, 30, 0],
      [17, 17, 3],
      [5, 18, 3],
    ] as const)
      expect(await sample(cached.denoise, calls, length, first)).toEqual(
        await sample(whole, calls, length, first),
      );
    cached.dispose();
    disposeParams(params);
  });

  it("tells rows of different classes apart, as guidance asks them in turns", async () => {
    const params = paramsOf(TOLD);
    const [whole, cached] = [networkDenoise(params, TOLD), orderedDenoise(params, TOLD)];
    const shape = { batch: BATCH, length: LENGTH };
    const ids = randomIds(BATCH * LENGTH, 6);
    const told = [[0, 1, 0], undefined, [1, 1, 1], [0, 1, 0]];
    for (let position = 0; position < 5; position++) {
      for (const labels of told) {
        const asked = { ...shape, ...(labels === undefined ? {} : { labels }) };
        const wanted = [[position], [position], [position]];
        const [made, expected] = [
          await cached.denoise(ids, { ...asked, wanted }),
          await whole(ids, asked),
        ];
        for (let row = 0; row < BATCH; row++) {
          const at = 4 * (row * LENGTH + position);
          for (let base = 0; base < 4; base++)
            expect(made[at + base]).toBeCloseTo(expected[at + base] as number, 5);
        }
      }
    }
    cached.dispose();
    disposeParams(params);
  });

  it("holds no tensor after it was disposed", async () => {
    const params = paramsOf(SIZE);
    const before = tf.memory().numTensors;
    const cached = orderedDenoise(params, SIZE);
    const { xt } = autoregressive().corrupt(randomIds(LENGTH, 7), 0, 1, {} as never);
    for (let position = 0; position < LENGTH; position++)
      await cached.denoise(xt, { batch: 1, length: LENGTH, wanted: [[position]] });
    expect(tf.memory().numTensors).toBe(before + 2 * SIZE.layers);
    cached.dispose();
    expect(tf.memory().numTensors).toBe(before);
    disposeParams(params);
  });
});
