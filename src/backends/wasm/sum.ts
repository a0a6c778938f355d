/**
 * Sums over leading axes on wasm, as the gradient of every bias and gain takes them. The backend's own kernel
 * transposes first (8 ms for a million floats); here rows are added as they lie, in double precision.
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { tf } from "../../tensor/tf.ts";
import { floats, offsetBytes, type WasmTensor } from "./heap.ts";

/** The kernel that replaces `Sum` on the backend `wasm`; sums that are not over leading axes go to `original`. */
export function wasmSum(original: tf.KernelConfig): tf.KernelConfig {
  return {
    ...original,
    kernelFunc: (call) => {
      const x = call.inputs.x as WasmTensor;
      const { axis, keepDims } = call.attrs as { axis: number | number[]; keepDims: boolean };
      const axes = tf.util.parseAxisParam(axis, [...x.shape]).sort((a, b) => a - b);
      const isLeading = axes.every((value, i) => value === i) && axes.length < x.shape.length;
      if (!isLeading || x.dtype !== "float32") return original.kernelFunc(call);
      return sumRows(call.backend as BackendWasm, x, axes.length, keepDims) as tf.TensorInfo;
    },
  };
}

function sumRows(
  backend: BackendWasm,
  x: WasmTensor,
  leading: number,
  keepDims: boolean,
): WasmTensor {
  const columnShape = x.shape.slice(leading);
  const columns = tf.util.sizeFromShape(columnShape);
  const rows = tf.util.sizeFromShape(x.shape.slice(0, leading));
  const shape = keepDims
    ? [...x.shape.slice(0, leading).map(() => 1), ...columnShape]
    : columnShape;
  const out = backend.makeOutput(shape, "float32");
  const from = floats(backend, offsetBytes(backend, x), rows * columns);
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      sums[column] = (sums[column] as number) + (from[at] as number);
    }
  }
  floats(backend, offsetBytes(backend, out), columns).set(sums);
  return out;
}
