/** A native backend whose free and unwritten memory holds NaN. */

import { NativeBackend } from "../../../../src/backends/native/backend.ts";
import { startNative } from "../../../../src/backends/native/start.ts";
import type { Precision } from "../../../../src/backends/precision.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { binding } from "../support.ts";

/** Values that make a tensor large enough for the pool, 16 KiB. */
export const POOLED = 4096;

/** Makes it the backend in use, anew: memory of the one before is gone. */
export async function usePoisonedNative(precision: Precision = "fp32"): Promise<NativeBackend> {
  await startNative(precision); // registers the kernels
  tf.removeBackend("native");
  const backend = new NativeBackend(binding, precision, true);
  tf.registerBackend("native", () => backend);
  await tf.setBackend("native");
  return backend;
}
