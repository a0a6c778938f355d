/** One operation that C++ computes. */

import type { tf } from "../../tensor/tf.ts";
import type { NativeBackend } from "./backend.ts";

export interface NativeKernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: NativeBackend;
}

export interface NativeKernel {
  /** As TensorFlow.js or tensor/fused/ names it. */
  readonly name: string;
  /**
   * Why C++ does not compute this call ("of int32"), or undefined: it does. What it declines falls to TensorFlow.js' cpu
   * kernel of the name, and is counted under name and reason.
   */
  readonly declines?: (call: NativeKernelCall) => string | undefined;
  readonly run: (call: NativeKernelCall) => tf.TensorInfo | tf.TensorInfo[];
}

/** The input `name`, which the operation always passes. */
export function input({ inputs }: NativeKernelCall, name: string): tf.TensorInfo {
  const found = inputs[name];
  if (found === undefined) throw new TypeError(`internal: expected the input ${name}, got none`);
  return found;
}
