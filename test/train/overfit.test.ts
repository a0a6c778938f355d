/** Small networks learn given windows by heart: the whole way from windows to updates works together. */

import { describe, expect, it } from "vitest";
import { corrupt } from "../../src/diffusion/corrupt.ts";
import { countingEstimator } from "../../src/diffusion/counting-estimator.ts";
import { NO_SETTINGS, type Objective } from "../../src/diffusion/objective.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../src/model/network-denoise.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { trainStep } from "../../src/train/train-step.ts";
import { stepBatches } from "../../src/train/training-batches.ts";
import { naiveMaskedCrossEntropy } from "../naive/masked-cross-entropy.ts";
import { useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0, clip: 1, emaDecay: 0.99, isDecayed };

/** 15 % of the bases masked in every example: all training is spent where the windows are to be known. */
const SHARE = 0.15;
const lowMasking: Objective = {
  name: "mdlm",
  process: "absorbing",
  headWidth: 4,
  attention: "full",
  isToldNoise: false,
  loss: "cross-entropy",
  likelihood: countingEstimator,
  settings: NO_SETTINGS,
  corrupt: (x0, index, _globalBatch, { mask }) => {
    const xt = corrupt(x0, SHARE, mask, index);
    return { xt, weight: Float32Array.from(xt, (id) => (id === MASK_ID ? 1 / SHARE : 0)) };
  },
};

/** Bases of a repeated unit: random windows of this total would take minutes to learn. */
const UNIT = 6;

interface Training {
  readonly steps: number;
  readonly batchSize: number;
  readonly peak: number;
}

async function learn(
  windows: readonly Uint8Array[],
  config: DenoiserConfig,
  { steps, batchSize, peak }: Training,
): Promise<TrainState> {
  const shape = { batchSize, accumulate: 1, length: windows[0]?.length ?? 0 };
  const source = async (i: number): Promise<Uint8Array> =>
    windows[i % windows.length] as Uint8Array;
  let state = initialState(initDenoiser(config, 1));
  for (let step = 0; step < steps; step++) {
    const cluster = singleProcess();
    const { microBatches } = await stepBatches(step, shape, source, lowMasking, 3, cluster);
    const rate = learningRate({ peak, warmup: 20, steps, minRatio: 0.05 }, step);
    const network = (params: TrainState["params"], ids: Parameters<typeof denoiser>[2]) =>
      denoiser(params, config, ids);
    [state] = await trainStep(
      state,
      microBatches,
      { network, loss: LOSSES["cross-entropy"] },
      rate,
      OPTIONS,
      cluster,
    );
  }
  return state;
}

/** Bits a base of the averaged network, each base masked once, together with every `spacing`-th of its window. */
async function bitsNearZero(
  { ema }: TrainState,
  config: DenoiserConfig,
  windows: readonly Uint8Array[],
  spacing: number,
): Promise<number> {
  const denoise = networkDenoise(ema, config);
  const length = windows[0]?.length ?? 0;
  const x0 = Uint8Array.from(windows.flatMap((window) => [...window]));
  let nats = 0;
  for (let offset = 0; offset < spacing; offset++) {
    const isMasked = x0.map((_, i) => ((i % length) % spacing === offset ? 1 : 0));
    const xt = x0.map((id, i) => (isMasked[i] === 1 ? MASK_ID : id));
    const logits = await denoise(xt, { batch: windows.length, length });
    nats += naiveMaskedCrossEntropy(logits, x0, isMasked);
  }
  return nats / x0.length / Math.LN2;
}

/** Ten to twenty seconds of one core each; a busy machine may take several times that. */
const TIMEOUT_MS = 240_000;

describe("training until a network knows its windows by heart", { timeout: TIMEOUT_MS }, () => {
  it("learns four random windows of 32 bases", async () => {
    await useBackend("wasm");
    const config = { width: 32, layers: 1, heads: 4 };
    const windows = Array.from({ length: 4 }, (_, i) => randomIds(32, i + 1));
    const state = await learn(windows, config, { steps: 450, batchSize: 32, peak: 0.012 });
    expect(state.step).toBe(450);
    expect(await bitsNearZero(state, config, windows, 32)).toBeLessThan(0.1);
    disposeState(state);
  });

  it("learns 32 windows of 128 bases, tandem repeats of a random unit each", async () => {
    await useBackend("wasm");
    const config = { width: 32, layers: 1, heads: 4 };
    const windows = Array.from({ length: 32 }, (_, i) => {
      const unit = randomIds(UNIT, i + 99);
      return Uint8Array.from({ length: 128 }, (_, j) => unit[j % UNIT] as number);
    });
    const state = await learn(windows, config, { steps: 600, batchSize: 8, peak: 0.008 });
    expect(await bitsNearZero(state, config, windows, 64)).toBeLessThan(0.1);
    disposeState(state);
  });
});
