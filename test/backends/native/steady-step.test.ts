/** Train steps as the memory sees them. */

import { expect, it } from "vitest";
import type { NativeBackend } from "../../../src/backends/native/backend.ts";
import { startNative } from "../../../src/backends/native/start.ts";
import { mdlm } from "../../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../../src/diffusion/noise.ts";
import { denoiser } from "../../../src/model/denoiser.ts";
import { initDenoiser } from "../../../src/model/init-denoiser.ts";
import { FUSED_MEMORY, trainingBytes } from "../../../src/model/model-cost.ts";
import { isDecayed, parameterCount } from "../../../src/model/param-shapes.ts";
import { paramsToArrays } from "../../../src/tensor/params.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { singleProcess } from "../../../src/train/cluster.ts";
import { LOSSES } from "../../../src/train/losses.ts";
import { disposeState, initialState } from "../../../src/train/train-state.ts";
import { trainStep } from "../../../src/train/train-step.ts";
import { stepBatches } from "../../../src/train/training-batches.ts";
import { randomIds } from "../../support/random-ids.ts";
import { usePoisonedNative } from "./memory/poisoned.ts";

const CONFIG = { width: 64, layers: 2, heads: 2 };
const SHAPE = { batchSize: 3, accumulate: 2, length: 100 };
const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, clip: 1, emaDecay: 0.9, isDecayed };

/** Makes steps from the same start; returns the parameters, and what each step did to the backend. */
async function train(steps: number) {
  const backend = tf.backend() as NativeBackend;
  const objective = mdlm(noiseSchedule("loglinear"));
  const source = async (index: number): Promise<Uint8Array> =>
    randomIds(SHAPE.length, index + 1, 0.1);
  const cluster = singleProcess();
  let state = initialState(initDenoiser(CONFIG, 3));
  const counters = [];
  for (let step = 0; step < steps; step++) {
    const { microBatches } = await stepBatches(step, SHAPE, source, objective, 5, cluster);
    backend.resetCounters();
    [state] = await trainStep(
      state,
      microBatches,
      {
        network: (params, ids) => denoiser(params, CONFIG, ids),
        loss: LOSSES["cross-entropy"],
      },
      0.01,
      OPTIONS,
      cluster,
    );
    counters.push(backend.counters);
  }
  const params = await paramsToArrays(state.params);
  disposeState(state);
  return { params, counters };
}

it("a step asks the system for nothing once one was made, and holds no more after it", async () => {
  await startNative("fp32");
  const { counters } = await train(4);
  expect(counters[0]?.freshBlocks).toBeGreaterThan(0);
  const [, second, ...later] = counters.map(({ freshBlocks, bytesInUse, peakBytes }) => ({
    freshBlocks,
    bytesInUse,
    peakBytes,
  }));
  expect(second?.freshBlocks).toBe(0);
  for (const step of later) expect(step).toEqual(second);
  expect(counters.flatMap(({ fallbacks }) => [...fallbacks.keys()])).toEqual([]);
});

it("a step holds no more than is said before it, and not much less", async () => {
  const { batchSize, length } = SHAPE;
  const expected = trainingBytes(CONFIG, parameterCount(CONFIG), batchSize, length, FUSED_MEMORY);
  for (const [precision, least] of [
    ["fp32", 0.5],
    ["bf16", 0.35],
  ] as const) {
    await startNative(precision);
    const { counters } = await train(2);
    const held = counters[1]?.peakBytes ?? 0;
    expect(held, precision).toBeLessThanOrEqual(expected);
    expect(held, precision).toBeGreaterThan(least * expected);
  }
});

it("steps read no memory that is free or not yet written", async () => {
  await startNative("fp32");
  const { params } = await train(3);
  await usePoisonedNative("fp32");
  const poisoned = await train(3);
  for (const [name, { data }] of Object.entries(params))
    expect(poisoned.params[name]?.data, name).toEqual(data);
});
