/** What a run will cost, said before its first step. The time is from a measured pass, not from a table. */

import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { trainingBytes, trainingFlops } from "../../src/model/model-cost.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { formatBytes, formatCount, formatDuration } from "../../src/util/format.ts";
import type { PretrainConfig } from "./options.ts";

export interface ExpectedCost {
  readonly parameters: number;
  readonly tokensPerStep: number;
  readonly flopsPerStep: number;
  readonly memoryBytes: number;
  readonly secondsPerStep: number;
}

/** Most tokens of the measured pass: enough that the cost of starting an operation does not count. */
const MEASURED_TOKENS = 4096;

/** Counts the cost of a step, and measures a forward and backward pass of some windows on the selected backend. */
export async function expectedCost({ model, data, train }: PretrainConfig): Promise<ExpectedCost> {
  const windowsPerStep = train.batchSize * train.accumulate;
  const tokensPerStep = windowsPerStep * data.length;
  const parameters = parameterCount(model);
  return {
    parameters,
    tokensPerStep,
    flopsPerStep: tokensPerStep * trainingFlops(model, data.length),
    memoryBytes: trainingBytes(model, parameters, train.batchSize, data.length),
    secondsPerStep: windowsPerStep * (await secondsPerWindow(model, data.length, train.batchSize)),
  };
}

/** Seconds of a forward and backward pass, a window; the first pass, which warms the backend up, is not counted. */
async function secondsPerWindow(
  model: PretrainConfig["model"],
  length: number,
  batchSize: number,
): Promise<number> {
  const windows = Math.min(batchSize, Math.max(1, Math.floor(MEASURED_TOKENS / length)));
  const params = paramsFromArrays(initDenoiser(model, 0));
  const ids = tf.fill([windows, length], MASK_ID, "int32") as tf.Tensor2D;
  const pass = async (): Promise<number> => {
    const start = performance.now();
    const { loss, grads } = lossAndGrads(params, (values) =>
      tf.tidy(() => tf.mean(tf.square(denoiser(values, model, ids))) as tf.Scalar),
    );
    await loss.data();
    loss.dispose();
    disposeParams(grads);
    return (performance.now() - start) / 1000 / windows;
  };
  await pass();
  const seconds = await pass();
  disposeParams(params);
  ids.dispose();
  return seconds;
}

/** Lines for the user. */
export function formatCost(
  cost: ExpectedCost,
  { train, model, data, preset }: PretrainConfig,
): string[] {
  const tokens = cost.tokensPerStep * train.steps;
  return [
    `model ${preset}: ${model.layers} layers of width ${model.width}, ${formatCount(cost.parameters)} parameters`,
    `each step: ${formatCount(cost.tokensPerStep)} tokens (${train.batchSize * train.accumulate} windows of ` +
      `${formatCount(data.length)} bases), ${(cost.flopsPerStep / 1e9).toPrecision(3)} GFLOP, ` +
      `about ${formatBytes(cost.memoryBytes)} of memory`,
    `${formatCount(train.steps)} steps: ${formatCount(tokens)} tokens, ` +
      `${((cost.flopsPerStep * train.steps) / 1e12).toPrecision(3)} TFLOP, ` +
      `about ${formatDuration(1000 * Math.ceil(cost.secondsPerStep * train.steps))} on this machine`,
  ];
}
