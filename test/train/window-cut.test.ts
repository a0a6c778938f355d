/** Rows that are cut to different lengths and padded train as windows of those lengths. */

import { describe, expect, it } from "vitest";
import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { paramsToArrays } from "../../src/tensor/params.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { LOSSES } from "../../src/train/losses.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { type Network, trainStep } from "../../src/train/train-step.ts";
import type { StepReport } from "../../src/train/update-step.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { randomIds } from "../support/random-ids.ts";

const CONFIG = { width: 16, layers: 2, heads: 2 };
const LENGTH = 12;
const OPTIONS = { beta1: 0.9, beta2: 0.95, weightDecay: 0.1, clip: 1, emaDecay: 0.9, isDecayed };
const network: Network = (params, ids, facts) => denoiser(params, CONFIG, ids, facts);

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

function made(microBatches: readonly MicroBatch[]): Promise<[TrainState, StepReport]> {
  const learner = { network, loss: LOSSES["cross-entropy"] };
  return trainStep(start(), microBatches, learner, 0.01, OPTIONS, singleProcess());
}

describe.each(BACKENDS)("on %s", (backend) => {
  it("does not see what stands behind a cut: padded rows make the update of windows as short as they are", async () => {
    await useBackend(backend);
    const rows = [5, 1, LENGTH].map((length, row) => {
      const x0 = randomIds(length, row + 1);
      const xt = x0.map((id, i) => (i % 2 === 0 ? MASK_ID : id));
      const weight = Float32Array.from(xt, (id) => (id === MASK_ID ? 1.5 : 0));
      return { batch: 1, length, x0, xt, weight, bases: length };
    });
    const padded = {
      ...{ batch: 3, length: LENGTH, lengths: rows.map(({ length }) => length), bases: LENGTH + 6 },
      ...{ x0: new Uint8Array(3 * LENGTH).fill(2), xt: new Uint8Array(3 * LENGTH).fill(3) },
      weight: new Float32Array(3 * LENGTH),
    };
    for (const [row, { x0, xt, weight }] of rows.entries()) {
      padded.x0.set(x0, row * LENGTH);
      padded.xt.set(xt, row * LENGTH);
      padded.weight.set(weight, row * LENGTH);
    }
    const [[whole, report], [apart, expected]] = [await made([padded]), await made(rows)];
    expect(report.lossNats).toBeCloseTo(expected.lossNats, 5);
    expect(report.gradientNorm).toBeCloseTo(expected.gradientNorm, 5);
    const [left, right] = await Promise.all(
      [whole, apart].map(({ params }) => paramsToArrays(params)),
    );
    for (const [name, { data }] of Object.entries(left ?? {}))
      expect(maxDifference(data, right?.[name]?.data ?? []), name).toBeLessThan(2e-3);
    disposeState(whole);
    disposeState(apart);
  });
});
