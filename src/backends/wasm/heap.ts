/**
 * The little that gdiff's own kernels need of TensorFlow.js' wasm backend: where a tensor lies in the module's
 * memory, and a name for a piece of it.
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { BackendError } from "../../errors.ts";
import type { tf } from "../../tensor/tf.ts";
import { formatBytes } from "../../util/format.ts";

export type WasmTensor = Pick<tf.TensorInfo, "dataId" | "shape" | "dtype">;

/** Emscripten's call wrapper, which the published types leave to the reader's own Emscripten types. */
interface EmscriptenModule {
  cwrap(name: string, result: null, args: readonly string[]): (...args: unknown[]) => void;
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(offset: number): void;
}

/** The module's Emscripten face. */
export function emscripten(backend: BackendWasm): EmscriptenModule {
  return backend.wasm as BackendWasm["wasm"] & EmscriptenModule;
}

/**
 * Allocates floats on the heap; the caller frees them with `_free`.
 *
 * @throws {BackendError} when the heap, 4 GiB at most, has no room
 */
export function allocate(backend: BackendWasm, length: number): number {
  const offset = emscripten(backend)._malloc(4 * length) >>> 0;
  if (offset !== 0) return offset;
  throw new BackendError(
    `expected room for ${formatBytes(4 * length)} on the WebAssembly heap, got none (it holds 4 GiB): ` +
      "use a smaller --batch-size or --length, with --accumulate for the same step",
  );
}

/** Byte offset of a tensor's memory. */
export function offsetBytes(backend: BackendWasm, tensor: WasmTensor): number {
  return backend.getMemoryOffset(tensor.dataId);
}

/** A tensor of zeros: what makeOutput gives holds what the memory held before. */
export function zeros(
  backend: BackendWasm,
  shape: readonly number[],
  dtype: "float32" | "int32",
): WasmTensor {
  const out = backend.makeOutput([...shape], dtype);
  const size = out.shape.reduce((product, length) => product * length, 1);
  floats(backend, offsetBytes(backend, out), size).fill(0); // the bits of the integer too
  return out;
}

/** `length` floats of the heap from `offset` bytes; invalid after the heap grows, so never kept over an allocation. */
export function floats(backend: BackendWasm, offset: number, length: number): Float32Array {
  return new Float32Array(emscripten(backend).HEAPU8.buffer, offset, length);
}
