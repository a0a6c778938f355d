/** A fused operation as programs of a GPU. */

import type { tf } from "../../../tensor/tf.ts";
import type { ProgramRunner } from "../program.ts";

export interface WebGpuKernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly runner: ProgramRunner;
}

export interface WebGpuKernel {
  /** As tensor/fused/ names it. */
  readonly name: string;
  readonly run: (call: WebGpuKernelCall) => tf.TensorInfo[];
}

/** The input `name`, which the operation always passes. */
export function input({ inputs }: WebGpuKernelCall, name: string): tf.TensorInfo {
  const found = inputs[name];
  if (found === undefined) throw new TypeError(`internal: expected the input ${name}, got none`);
  return found;
}
