/** What a training run and a sampler do over and over: in C++, in memory that is there. */

import { beforeAll, describe, expect, it } from "vitest";
import { NativeBackend } from "../../../src/backends/native/backend.ts";
import type { Precision } from "../../../src/backends/precision.ts";
import { selectBackend } from "../../../src/backends/select-backend.ts";
import { denoiser } from "../../../src/model/denoiser.ts";
import { initDenoiser } from "../../../src/model/init-denoiser.ts";
import { networkDenoise } from "../../../src/model/network-denoise.ts";
import { isDecayed } from "../../../src/model/param-shapes.ts";
import type { ParamTree } from "../../../src/tensor/params.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { singleProcess } from "../../../src/train/cluster.ts";
import { LOSSES } from "../../../src/train/losses.ts";
import { disposeState, initialState, type TrainState } from "../../../src/train/train-state.ts";
import { trainStep } from "../../../src/train/train-step.ts";
import { randomIds } from "../../support/random-ids.ts";

const CONFIG = { width: 64, layers: 2, heads: 2 }; // tensors large enough for the pool
const BATCH = { batch: 2, length: 64 };
const TOKENS = BATCH.batch * BATCH.length;
const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, clip: 1, emaDecay: 0.9, isDecayed };

const network = (params: ParamTree, ids: tf.Tensor2D): tf.Tensor3D => denoiser(params, CONFIG, ids);

function native(): NativeBackend {
  const backend = tf.backend();
  if (backend instanceof NativeBackend) return backend;
  throw new Error(`expected the backend native, got ${tf.getBackend()}`);
}

function step(state: TrainState): Promise<[TrainState, unknown]> {
  const microBatch = {
    ...BATCH,
    x0: randomIds(TOKENS, 1),
    xt: randomIds(TOKENS, 2),
    weight: new Float32Array(TOKENS).fill(1),
    bases: TOKENS,
  };
  const microBatches = [microBatch, microBatch];
  return trainStep(
    state,
    microBatches,
    { network, loss: LOSSES["cross-entropy"] },
    0.01,
    OPTIONS,
    singleProcess(),
  );
}

function expectNativeAlone({ counters }: NativeBackend): void {
  expect([...counters.fallbacks.keys()]).toEqual([]);
}

describe.each<Precision>(["fp32", "bf16"])("in a steady state, %s", (precision) => {
  beforeAll(async () => {
    await selectBackend("native", { precision });
  });

  it("a train step asks the system for no memory, and its state stays where it is", async () => {
    let state = initialState(initDenoiser(CONFIG, 1));
    [state] = await step(state);
    const places = (): readonly (readonly [ArrayBufferLike, number])[] =>
      [state.params, state.ema, state.mu, state.nu]
        .flatMap((tree) => Object.values(tree))
        .map((tensor) => native().floats(tensor))
        .map(({ buffer, byteOffset }) => [buffer, byteOffset]);
    const before = places();
    const { bytesInUse } = native().counters;
    native().resetCounters();
    for (let i = 0; i < 3; i++) [state] = await step(state);
    expect(native().counters.freshBlocks).toBe(0);
    expect(native().counters.bytesInUse).toBe(bytesInUse);
    expectNativeAlone(native());
    for (const [i, [buffer, byteOffset]] of places().entries()) {
      expect(byteOffset).toBe(before[i]?.[1]);
      expect(buffer === before[i]?.[0]).toBe(true);
    }
    disposeState(state);
  });

  it("a sampler's call asks the system for no memory", async () => {
    const state = initialState(initDenoiser(CONFIG, 1));
    const denoise = networkDenoise(state.ema, CONFIG);
    const call = (): Promise<Float32Array> => denoise(randomIds(TOKENS, 3), BATCH);
    const padded = (): Promise<Float32Array> =>
      denoise(randomIds(TOKENS, 3), { ...BATCH, lengths: [17, 64] });
    const first = [await call(), await padded()];
    native().resetCounters();
    expect([await call(), await padded()]).toEqual(first);
    expect(native().counters.freshBlocks).toBe(0);
    expectNativeAlone(native());
    disposeState(state);
  });

  it("an update leaves what else uses the state's memory as it was", async () => {
    const state = initialState(initDenoiser(CONFIG, 1));
    const clones = Object.values(state.params).map((tensor) => tensor.clone());
    const copies = await Promise.all(clones.map((tensor) => tensor.data()));
    const [next] = await step(state);
    for (const [i, clone] of clones.entries()) expect(await clone.data()).toEqual(copies[i]);
    tf.dispose(clones);
    disposeState(next);
  });
});
