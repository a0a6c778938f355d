/** TensorFlow and WebGPU train as the plain JavaScript of `cpu` does, on their own device, and keep nothing. */

import { describe, expect, it } from "vitest";
import type { BackendName } from "../../src/backends/backend-name.ts";
import { tensorflowRuns } from "../../src/backends/tensorflow/op-runs.ts";
import { webGpuRuns } from "../../src/backends/webgpu/backend.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { trainStep } from "../../src/train/train-step.ts";
import { stepBatches } from "../../src/train/training-batches.ts";
import { maxDifference, useBackend } from "../support/backend.ts";
import { hasTensorflow, hasWebGpu } from "../support/optional-backends.ts";
import { randomIds } from "../support/random-ids.ts";

const CONFIG = { width: 32, layers: 2, heads: 2 };
/** As few programs a step as there can be, for many steps. */
const SMALL = { width: 8, layers: 1, heads: 1 };
const LENGTH = 24;
const STEPS = 10;
const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, clip: 1, emaDecay: 0.9, isDecayed };

/** A backend with the counter of what its device was given. */
interface Counted {
  readonly name: BackendName;
  readonly isHere: boolean;
  readonly runs: () => ReadonlyMap<string, number> | undefined;
  /** Steps that a leak would show in. */
  readonly growth: number;
}

/** A processor that plays a GPU takes half a second for a step: GDIFF_GROWTH_STEPS=500 asks for as many as TensorFlow makes. */
const { GDIFF_GROWTH_STEPS = "20" } = process.env;

const OPTIONAL: readonly Counted[] = [
  { name: "tensorflow", isHere: hasTensorflow, runs: tensorflowRuns, growth: 500 },
  { name: "webgpu", isHere: hasWebGpu, runs: webGpuRuns, growth: Number(GDIFF_GROWTH_STEPS) },
];

/** One update; the step's loss in nats. */
async function step(
  state: TrainState,
  number: number,
  config: DenoiserConfig = CONFIG,
): Promise<[TrainState, number]> {
  const source = async (index: number): Promise<Uint8Array> => randomIds(LENGTH, index + 1, 0.1);
  const shape = { batchSize: 4, accumulate: 1, length: LENGTH };
  const objective = mdlm(noiseSchedule("loglinear"));
  const { microBatches } = await stepBatches(number, shape, source, objective, 5, singleProcess());
  const network = {
    network: (params: TrainState["params"], ids: tf.Tensor2D) => denoiser(params, config, ids),
    loss: LOSSES["cross-entropy"],
  };
  const [next, { lossNats }] = await trainStep(
    state,
    microBatches,
    network,
    0.01,
    OPTIONS,
    singleProcess(),
  );
  return [next, lossNats];
}

/** Losses of ten steps, and the parameters after them. */
async function tenSteps(backend: BackendName) {
  await useBackend(backend);
  let state = initialState(initDenoiser(CONFIG, 3));
  const losses: number[] = [];
  for (let number = 0; number < STEPS; number++) {
    const [next, loss] = await step(state, number);
    losses.push(loss);
    state = next;
  }
  const params = await paramsToArrays(state.params);
  disposeState(state);
  return { losses, params };
}

describe.each(OPTIONAL)("training on $name", ({ name, isHere, runs, growth }) => {
  it.skipIf(!isHere)(
    "has the losses of the plain loops, ten steps long, computed on its device",
    {
      timeout: 240_000,
    },
    async () => {
      const expected = await tenSteps("cpu");
      await useBackend(name);
      const before = products(runs());
      const actual = await tenSteps(name);

      for (const [at, loss] of actual.losses.entries())
        expect(Math.abs(loss - (expected.losses[at] as number)), `step ${at}`).toBeLessThan(1e-4);
      for (const [key, { data }] of Object.entries(expected.params))
        expect(maxDifference(data, actual.params[key]?.data ?? []), key).toBeLessThan(5e-3);

      // Forward and twice backward: query, key and value, scores, their values, the way out and two of the MLP; the head.
      expect(products(runs()) - before).toBeGreaterThanOrEqual(STEPS * 3 * (CONFIG.layers * 6 + 1));
    },
  );

  it.skipIf(!isHere)(
    `keeps no more tensors and no more memory after ${growth} steps than after ten`,
    async () => {
      await useBackend(name);
      let state = initialState(initDenoiser(SMALL, 3));
      const seen: Memory[] = [];
      for (let number = 0; number < growth; number++) {
        [state] = await step(state, number % STEPS, SMALL);
        if (number === STEPS - 1) seen.push(memory());
        if (number === growth / 2 - 1) seen.push(memory());
      }
      const late = memory();
      disposeState(state);
      const [early, halfway] = seen as [Memory, Memory];
      expect(late.numTensors).toBe(early.numTensors);
      expect(late.numDataBuffers).toBe(early.numDataBuffers);
      // Of TensorFlow the process is all that can be measured: its allocator and the heap grow at first, and breathe.
      if (name === "webgpu") expect(late.bytes).toBeLessThanOrEqual(early.bytes);
      else expect(late.bytes - halfway.bytes).toBeLessThanOrEqual(64 * 2 ** 20);
    },
    3_600_000,
  );
});

interface Memory {
  readonly numTensors: number;
  readonly numDataBuffers: number;
  /** Of the device; of the process where the device does not tell. */
  readonly bytes: number;
}

function memory(): Memory {
  const { numTensors, numDataBuffers, ...more } = tf.memory();
  const { numBytesAllocatedInGPU: bytes = process.memoryUsage().rss } = more as {
    numBytesAllocatedInGPU?: number;
  };
  return { numTensors, numDataBuffers, bytes };
}

/** How often the device multiplied matrices. */
function products(runs: ReadonlyMap<string, number> = new Map()): number {
  const counts = [...runs].map(([name, count]) => (name.includes("MatMul") ? count : 0));
  return counts.reduce((sum, count) => sum + count, 0);
}
