/** Starts TensorFlow.js' wasm backend with gdiff's own kernels in place of its slow ones. */

import { tf } from "../../tensor/tf.ts";
import { useRegistered } from "../use-registered.ts";
import { WASM_MAT_MUL } from "./mat-mul.ts";
import { wasmSum } from "./sum.ts";

/**
 * Makes `wasm` the backend of all following tensor operations; a second start replaces no kernel again.
 *
 * @throws {BackendError} when the WebAssembly module does not start
 */
export async function startWasm(): Promise<void> {
  await import("@tensorflow/tfjs-backend-wasm"); // registers itself
  await useRegistered("wasm");
  if (tf.getKernel("BatchMatMul", "wasm") === WASM_MAT_MUL) return;
  replaceKernel(WASM_MAT_MUL);
  const sum = tf.getKernel("Sum", "wasm");
  if (sum !== undefined) replaceKernel(wasmSum(sum));
}

function replaceKernel(config: tf.KernelConfig): void {
  tf.unregisterKernel(config.kernelName, config.backendName);
  tf.registerKernel(config);
}
