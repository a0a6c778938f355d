/** What a run will cost, said before its first step. The time is from a measured pass, not from a table. */

import type { BackendName } from "../../src/backends/backend-name.ts";
import { BackendError } from "../../src/errors.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import {
  type BlockMemory,
  COMPOSITE_MEMORY,
  FUSED_MEMORY,
  trainingBytes,
  trainingFlops,
} from "../../src/model/model-cost.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  formatBytes,
  formatCount,
  formatDigits,
  formatDuration,
  formatNumberOf,
} from "../../src/util/format.ts";
import type { PretrainConfig } from "./options.ts";

/** What is known from the shapes and the backend alone. */
export interface CountedCost {
  readonly parameters: number;
  readonly windowsPerStep: number;
  readonly tokensPerStep: number;
  readonly flopsPerStep: number;
  readonly memoryBytes: number;
}

/** Most tokens of the measured pass: enough that the cost of starting an operation does not count. */
const MEASURED_TOKENS = 4096;
/** What a WebAssembly heap can hold. */
const WASM_HEAP_BYTES = 2 ** 32;

/** Where not everything is composed of TensorFlow.js' own operations: native fuses all, webgpu attention. */
const FUSED_BLOCKS: Partial<Record<BackendName, BlockMemory>> = {
  native: FUSED_MEMORY,
  webgpu: { ...COMPOSITE_MEMORY, mapsPerHead: 0, keptMapsPerHead: 0 },
};

/** Counts the cost of a step on `backend`. */
export function countedCost(
  { model, data, train }: PretrainConfig,
  backend: BackendName,
): CountedCost {
  const block = FUSED_BLOCKS[backend] ?? COMPOSITE_MEMORY;
  const windowsPerStep = train.batchSize * train.accumulate;
  const tokensPerStep = windowsPerStep * data.length;
  const parameters = parameterCount(model);
  const copies = model.attention === "blocks" ? 2 : 1; // noised and clean
  return {
    parameters,
    windowsPerStep,
    tokensPerStep,
    flopsPerStep: tokensPerStep * copies * trainingFlops(model, data.length),
    memoryBytes: trainingBytes(model, parameters, train.batchSize, copies * data.length, block),
  };
}

/** @throws {BackendError} when a step does not fit into the memory of the backend */
export function expectFits(
  { memoryBytes }: CountedCost,
  backend: string,
  { train }: PretrainConfig,
): void {
  if (backend !== "wasm" || memoryBytes <= WASM_HEAP_BYTES) return;
  const remedy =
    train.batchSize > 1
      ? `use --batch-size ${Math.max(1, Math.floor((train.batchSize * WASM_HEAP_BYTES) / memoryBytes / 2))} with a larger --accumulate`
      : "use a smaller --length or model";
  throw new BackendError(
    `expected a step within the ${formatBytes(WASM_HEAP_BYTES)} that backend wasm can hold, got about ${formatBytes(memoryBytes)}: ${remedy}`,
  );
}

/** Measures a forward and backward pass of some windows on the selected backend; the first, a warm-up, is not counted. */
export async function secondsPerStep({ model, data, train }: PretrainConfig): Promise<number> {
  const windows = Math.min(train.batchSize, Math.max(1, Math.floor(MEASURED_TOKENS / data.length)));
  const params = paramsFromArrays(initDenoiser(model, 0));
  const ids = tf.fill([windows, data.length], MASK_ID, "int32") as tf.Tensor2D;
  const pass = async (): Promise<number> => {
    const start = performance.now();
    const { loss, grads } = lossAndGrads(params, (values) =>
      tf.tidy(() => tf.mean(tf.square(denoiser(values, model, ids, { clean: ids }))) as tf.Scalar),
    );
    await loss.data();
    loss.dispose();
    disposeParams(grads);
    return (performance.now() - start) / 1000;
  };
  try {
    await pass();
    return ((await pass()) * train.batchSize * train.accumulate) / windows;
  } finally {
    disposeParams(params);
    ids.dispose();
  }
}

/** Lines for the user, before anything is measured. */
export function formatCounted(
  cost: CountedCost,
  { model, data, preset }: PretrainConfig,
): string[] {
  return [
    `model ${preset}: ${formatNumberOf(model.layers, "layer")} of width ${model.width}, ${formatCount(cost.parameters)} parameters`,
    `each step: ${formatCount(cost.tokensPerStep)} tokens (${cost.windowsPerStep} windows of ` +
      `${formatCount(data.length)} bases), ${(cost.flopsPerStep / 1e9).toPrecision(3)} GFLOP, ` +
      `at most about ${formatBytes(cost.memoryBytes)} of memory`,
  ];
}

/** The line with the measured time, and how much of the training data it is for. */
export function formatTime(
  cost: CountedCost,
  secondsPerStep: number,
  stepsToGo: number,
  windowsPerEpoch: number,
): string {
  const epochs = (cost.windowsPerStep * stepsToGo) / windowsPerEpoch;
  return (
    `${formatNumberOf(stepsToGo, "step")} to go: ${formatCount(cost.tokensPerStep * stepsToGo)} tokens, ` +
    `${formatDigits(epochs)} epochs of ${formatNumberOf(windowsPerEpoch, "window")}, ` +
    `${((cost.flopsPerStep * stepsToGo) / 1e12).toPrecision(3)} TFLOP, ` +
    `about ${formatDuration(1000 * Math.ceil(secondsPerStep * stepsToGo))} on this machine`
  );
}
