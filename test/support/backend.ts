/** Backends under test, and tensors of plain numbers. */

import { existsSync } from "node:fs";
import type { BackendName } from "../../src/backends/backend-name.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { tf } from "../../src/tensor/tf.ts";
import { hasTensorflow, hasWebGpu, webGpuEnvironment } from "./optional-backends.ts";

const hasNative = existsSync(new URL("../../native/build/gdiff.node", import.meta.url));

/** What every test of arithmetic runs on: `native` where it is built. */
export const BACKENDS: readonly BackendName[] = hasNative
  ? ["native", "wasm", "cpu"]
  : ["wasm", "cpu"];

/** Those, and what optional packages bring: operations are the same on all. */
export const ALL_BACKENDS: readonly BackendName[] = [
  ...(hasTensorflow ? (["tensorflow"] as const) : []),
  ...(hasWebGpu ? (["webgpu"] as const) : []),
  ...BACKENDS,
];

/** Starts a backend; `native` computes to float32 rounding as the others do. */
export async function useBackend(name: BackendName): Promise<void> {
  if (name === "webgpu") Object.assign(process.env, webGpuEnvironment);
  await selectBackend(name, { precision: "fp32" });
}

/** A tensor of reproducible values in (−1, 1), no two alike. */
export function filled(shape: number[], salt = 0): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) =>
      Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)),
    ),
    shape,
  );
}

/** Largest absolute difference. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)));
  return most;
}
