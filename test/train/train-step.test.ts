import { describe, expect, it } from "vitest";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { TrainingError } from "../../src/errors.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { mapParams, param, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { type Cluster, type StepSums, singleProcess } from "../../src/train/cluster.ts";
import { LOSSES } from "../../src/train/losses.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { type Network, trainStep } from "../../src/train/train-step.ts";
import { type StepBatches, stepBatches } from "../../src/train/training-batches.ts";
import type { StepReport } from "../../src/train/update-step.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const CONFIG = { width: 16, layers: 1, heads: 2 };
const LENGTH = 12;
const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, clip: 1, emaDecay: 0.9, isDecayed };
const network: Network = (params, ids) => denoiser(params, CONFIG, ids);

/** A state whose head is not 0, so that every parameter has a gradient. */
function start(): TrainState {
  const { "head.weight": head, ...rest } = initDenoiser(CONFIG, 3);
  const data = filled([4, CONFIG.width]);
  const state = initialState({
    ...rest,
    "head.weight": { shape: head?.shape ?? [], data: data.dataSync() as Float32Array },
  });
  data.dispose();
  return state;
}

function batches(
  step: number,
  batchSize: number,
  accumulate: number,
  cluster = singleProcess(),
): Promise<StepBatches> {
  const source = async (index: number): Promise<Uint8Array> => randomIds(LENGTH, index + 1, 0.1);
  const shape = { batchSize, accumulate, length: LENGTH };
  return stepBatches(step, shape, source, mdlm(noiseSchedule("loglinear")), 5, cluster);
}

async function makeSteps(
  count: number,
  batchSize: number,
  accumulate: number,
): Promise<[TrainState, StepReport[]]> {
  let state = start();
  const reports: StepReport[] = [];
  for (let step = 0; step < count; step++) {
    const { microBatches } = await batches(step, batchSize, accumulate);
    const [next, report] = await trainStep(
      state,
      microBatches,
      { network, loss: LOSSES["cross-entropy"] },
      0.01,
      OPTIONS,
      singleProcess(),
    );
    state = next;
    reports.push(report);
  }
  return [state, reports];
}

type Stepped = [TrainState, StepReport];

/** Largest difference between the parameters and averages of two states. */
async function stateDifference(a: TrainState, b: TrainState): Promise<number> {
  let most = 0;
  for (const key of ["params", "ema"] as const) {
    const [left, right] = await Promise.all([paramsToArrays(a[key]), paramsToArrays(b[key])]);
    for (const [name, { data }] of Object.entries(left))
      most = Math.max(most, maxDifference(data, right[name]?.data ?? []));
  }
  return most;
}

describe.each(BACKENDS)("trainStep on %s", (backend) => {
  it("leaves as many tensors as there were", async () => {
    await useBackend(backend);
    const state = start();
    const { microBatches } = await batches(0, 2, 3);
    const { numTensors } = tf.memory();
    const [next] = await trainStep(
      state,
      microBatches,
      { network, loss: LOSSES["cross-entropy"] },
      0.01,
      OPTIONS,
      singleProcess(),
    );
    expect(tf.memory().numTensors).toBe(numTensors);
    disposeState(next);
    expect(tf.memory().numTensors).toBe(numTensors - 4 * Object.keys(next.params).length);
  });

  it("makes the same update of eight examples at once, in four pairs and one by one", async () => {
    await useBackend(backend);
    const [whole, reports] = await makeSteps(3, 8, 1);
    for (const [batchSize, accumulate] of [
      [2, 4],
      [1, 8],
    ] as const) {
      const [cut, cutReports] = await makeSteps(3, batchSize, accumulate);
      for (const [i, { lossNats, gradientNorm }] of cutReports.entries()) {
        expect(lossNats).toBeCloseTo(reports[i]?.lossNats as number, 5);
        expect(gradientNorm).toBeCloseTo(reports[i]?.gradientNorm as number, 5);
      }
      // Adam divides by the gradient's own size: where that is all rounding, an update may differ by a share of 0.01.
      expect(await stateDifference(cut, whole)).toBeLessThan(2e-3);
      disposeState(cut);
    }
    disposeState(whole);
  });

  it("on two processes makes the update of one that has both their examples", async () => {
    await useBackend(backend);
    const [alone, reports] = await makeSteps(1, 4, 2);
    const given = await Promise.all(
      [0, 1].map((rank) => batches(0, 4, 1, { ...singleProcess(), rank, size: 2 })),
    );
    const arrivals: StepSums[] = [];
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const allReduce: Cluster["allReduce"] = async (sums) => {
      arrivals.push(sums);
      if (arrivals.length === 2) arrive();
      await arrived;
      const [first, second] = arrivals as [StepSums, StepSums];
      return {
        grads: mapParams(first.grads, (tensor, name) => tf.add(tensor, param(second.grads, name))),
        lossNats: first.lossNats + second.lossNats,
        count: first.count + second.count,
      };
    };
    const results = await Promise.all(
      given.map(async ({ microBatches }, rank) => {
        const cluster = { rank, size: 2, allReduce };
        return trainStep(
          start(),
          microBatches,
          { network, loss: LOSSES["cross-entropy"] },
          0.01,
          OPTIONS,
          cluster,
        );
      }),
    );
    const [[one, report], [other]] = results as [Stepped, Stepped];
    expect(report.lossNats).toBeCloseTo(reports[0]?.lossNats as number, 5);
    expect(await stateDifference(one, other)).toBe(0);
    expect(await stateDifference(one, alone)).toBeLessThan(1e-4);
    for (const state of [alone, one, other]) disposeState(state);
    for (const { grads } of arrivals) tf.dispose(grads as Record<string, tf.Tensor>);
  });

  it("refuses a loss that is not a number, leaks nothing, and the state goes on", async () => {
    await useBackend(backend);
    const state = start();
    const before = await paramsToArrays(state.params);
    const { microBatches } = await batches(0, 4, 2);
    const { numTensors } = tf.memory();
    const broken: Network = (...given) => tf.mul(network(...given), Number.NaN);
    const attempt = trainStep(
      state,
      microBatches,
      { network: broken, loss: LOSSES["cross-entropy"] },
      0.01,
      OPTIONS,
      singleProcess(),
    );
    await expect(attempt).rejects.toEqual(
      new TrainingError(
        "expected a finite loss and gradient norm at step 1, got loss NaN and gradient norm NaN: " +
          "lower --lr (0.01 at this step) or lengthen the warm-up, and go on from the last checkpoint with --resume",
      ),
    );
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(await paramsToArrays(state.params)).toEqual(before);
    const [next, { lossNats }] = await trainStep(
      state,
      microBatches,
      { network, loss: LOSSES["cross-entropy"] },
      0.01,
      OPTIONS,
      singleProcess(),
    );
    expect(next.step).toBe(1);
    expect(Number.isFinite(lossNats)).toBe(true);
    disposeState(next);
  });

  it("refuses a gradient that is infinite though the loss is not", async () => {
    await useBackend(backend);
    const state = start();
    const { microBatches } = await batches(0, 2, 1);
    const steep: Network = (params, ...given) => {
      const kink = tf.sqrt(tf.mul(param(params, "head.bias"), 0)); // d√x/dx at 0
      return tf.add(network(params, ...given), kink) as tf.Tensor3D;
    };
    await expect(
      trainStep(
        state,
        microBatches,
        { network: steep, loss: LOSSES["cross-entropy"] },
        0.01,
        OPTIONS,
        singleProcess(),
      ),
    ).rejects.toThrow(
      /^expected a finite loss and gradient norm at step 1, got loss \d+\.\d+ and gradient norm NaN: /,
    );
    disposeState(state);
  });

  it("refuses an update that overflows; the state is consumed, and nothing leaks", async () => {
    await useBackend(backend);
    const state = start();
    const { microBatches } = await batches(0, 2, 1);
    const { numTensors } = tf.memory();
    await expect(
      trainStep(
        state,
        microBatches,
        { network, loss: LOSSES["cross-entropy"] },
        1e39,
        OPTIONS,
        singleProcess(),
      ),
    ).rejects.toThrow(
      /^expected a finite parameter norm at step 1, got parameter norm (NaN|Infinity): /,
    );
    expect(tf.memory().numTensors).toBe(numTensors - 4 * Object.keys(state.params).length);
    expect(Object.values(state.params).every((tensor) => tensor.isDisposed)).toBe(true);
    disposeState(state);
  });

  it("leaks nothing when the turn between micro-batches ends the step", async () => {
    await useBackend(backend);
    const state = start();
    const { microBatches } = await batches(0, 1, 3);
    const { numTensors } = tf.memory();
    let turns = 0;
    const turn = async (): Promise<void> => {
      turns++;
      if (turns === 3) throw new Error("stop");
    };
    await expect(
      trainStep(
        state,
        microBatches,
        { network, loss: LOSSES["cross-entropy"] },
        0.01,
        OPTIONS,
        singleProcess(),
        turn,
      ),
    ).rejects.toThrow("stop");
    expect(tf.memory().numTensors).toBe(numTensors);
    disposeState(state);
  });
});
