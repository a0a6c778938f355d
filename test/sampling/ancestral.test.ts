/** Rows are computed only when something is revealed in them: the same bases as without, by the expected number of rows. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { naiveAncestral } from "../naive/ancestral.ts";
import { filled, useBackend } from "../support/backend.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";

const ancestral = (calls: number) =>
  bind(samplers.ancestral, {
    ...{ calls, temperature: 1, topP: 1 },
    noise: noiseSchedule("loglinear"),
  });

describe("ancestral sampling by rows", () => {
  it.each([3, 17, 200])("gives the bases of the published algorithm in %i steps", async (steps) => {
    const denoise = exactDenoise(SOURCE);
    const batch = maskedBatch(12, 15);
    for (let row = 0; row < 12; row++) batch.ids[row * 15 + row] = 2; // some are kept
    const made = await ancestral(steps)(denoise, batch, samplerRandom(8));
    expect(made).toEqual(await naiveAncestral(denoise, batch, steps, samplerRandom(8)));
  });

  it("gives them with a network too, whose rows come in ever other batches", async () => {
    await useBackend("wasm");
    const config = { width: 16, layers: 2, heads: 2 };
    const initial = paramsFromArrays(initDenoiser(config, 3));
    const params = { ...initial, "head.weight": filled([4, 16]) };
    const denoise = networkDenoise(params, config);
    const batch = maskedBatch(5, 12);
    const made = await ancestral(20)(denoise, batch, samplerRandom(8));
    expect(made).toEqual(await naiveAncestral(denoise, batch, 20, samplerRandom(8)));
    expect(new Set(made).size).toBe(4);
    disposeParams(initial);
    params["head.weight"].dispose();
  });

  it.each([
    [20, 10],
    [64, 100],
    [100, 64],
  ])("computes T(1 − (1 − 1/T)^L) rows a sequence: L %i, T %i", async (length, calls) => {
    const rows = 300;
    let computed = 0;
    const counting: Denoise = async (ids, { batch }) => {
      computed += batch;
      return new Float32Array(4 * ids.length);
    };
    await ancestral(calls)(counting, maskedBatch(rows, length), samplerRandom(1));
    const hit = 1 - (1 - 1 / calls) ** length; // that a call reveals something in a row
    const expected = rows * calls * hit;
    // Calls of one row are nearly independent, and never positively dependent: each position is in one of them.
    const deviation = Math.sqrt(expected * (1 - hit));
    expect(Math.abs(computed - expected)).toBeLessThan(4 * deviation);
    expect(computed).toBeLessThan(0.99 * rows * calls);
  });
});

it("the figures of the documentation: 641 of 1,000 rows for 1,024 bases", () => {
  const rows = (length: number): number => 1000 * (1 - (1 - 1 / 1000) ** length);
  expect(Math.round(rows(1024))).toBe(641);
  expect(Math.round(rows(16 * 1024))).toBe(1000); // with a cache of the whole batch
});
