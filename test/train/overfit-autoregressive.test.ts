/** An autoregressive network that is trained until it knows its windows by heart writes them, and memorisation is what tells. */

import { expect, it } from "vitest";
import { compareMemorisation } from "../../src/compare/memorisation/compare-memorisation.ts";
import { matchReader } from "../../src/compare/memorisation/longest-matches.ts";
import { autoregressive } from "../../src/diffusion/autoregressive.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { leftToRightSampler } from "../../src/sampling/left-to-right.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { disposeState, initialState } from "../../src/train/train-state.ts";
import { type Network, trainStep } from "../../src/train/train-step.ts";
import { stepBatches } from "../../src/train/training-batches.ts";
import { useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";

const LENGTH = 32;
const STEPS = 300;
const ROWS = 20;
const SIZE = { width: 32, layers: 2, heads: 4, attention: "causal" } as const;

it("is told from random sequences by the longest match to its training windows", async () => {
  await useBackend("wasm");
  const windows = Array.from({ length: 4 }, (_, i) => randomIds(LENGTH, i + 1));
  const network: Network = (params, ids) => denoiser(params, SIZE, ids);
  const optimiser = { beta1: 0.9, beta2: 0.95, weightDecay: 0, clip: 1, emaDecay: 0.99, isDecayed };
  const shape = { batchSize: 8, accumulate: 1, length: LENGTH };
  const source = async (i: number): Promise<Uint8Array> => windows[i % 4] as Uint8Array;
  let state = initialState(initDenoiser(SIZE, 1));
  let lossNats = Number.POSITIVE_INFINITY;
  for (let step = 0; step < STEPS; step++) {
    const cluster = singleProcess();
    const { microBatches } = await stepBatches(step, shape, source, autoregressive(), 3, cluster);
    const rate = learningRate({ peak: 0.01, warmup: 20, steps: STEPS, minRatio: 0.05 }, step);
    const [next, report] = await trainStep(
      state,
      microBatches,
      { network, loss: LOSSES["cross-entropy"] },
      rate,
      optimiser,
      cluster,
    );
    state = next;
    lossNats = report.lossNats;
  }
  // Which of four windows it is, is all that cannot be known.
  expect(lossNats).toBeCloseTo(Math.log(4) / LENGTH, 2);
  const batch = maskedBatch(ROWS, LENGTH);
  const choice = { temperature: 1, topP: 1 };
  const denoise = networkDenoise(state.ema, SIZE);
  const made = await leftToRightSampler(denoise, batch, choice, samplerRandom(1));
  const written = batch.samples.map((row) => made.subarray(row * LENGTH, (row + 1) * LENGTH));
  const random = batch.samples.map((row) => randomIds(LENGTH, 100 + row));
  const reader = matchReader([...written, ...random]);
  for (const window of windows) {
    reader.push(window);
    reader.endContig();
  }
  const matches = reader.finish();
  const arm = (from: number) => ({
    matches: matches.subarray(from, from + ROWS),
    lengths: new Uint32Array(ROWS).fill(LENGTH),
  });
  const options = { seed: 1, replicates: 50 };
  const [longest] = compareMemorisation(arm(0), arm(ROWS), options).figures;
  expect(longest?.generated.value).toBeGreaterThan(0.8 * LENGTH);
  expect(longest?.real.value).toBeLessThan(0.3 * LENGTH);
  expect(longest?.difference.interval?.low).toBeGreaterThan(0.5 * LENGTH);
  disposeState(state);
}, 120_000);
