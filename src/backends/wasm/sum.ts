/**
 * Sums over leading axes on wasm, as the gradient of every bias and gain takes them. The backend's own kernel
 * transposes first (8 ms for a million floats); here rows are added as they lie, in double precision. Sums of nothing are 0
 * here too: the backend's own kernel reads what the memory held before, or divides by zero, which leaves the module broken.
 */

import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { tf } from "../../tensor/tf.ts";
import { floats, offsetBytes, type WasmTensor, zeros } from "./heap.ts";

/** The kernel that replaces `Sum` on the backend `wasm`; other sums of something go to `original`. */
export function wasmSum(original: tf.KernelConfig): tf.KernelConfig {
  return {
    ...original,
    kernelFunc: (call) => {
      const x = call.inputs.x as WasmTensor;
      const { axis, keepDims } = call.attrs as { axis: number | number[]; keepDims: boolean };
      const axes = tf.util.parseAxisParam(axis, [...x.shape]).sort((a, b) => a - b);
      if (x.shape.includes(0)) {
        const [left] = tf.backend_util.computeOutAndReduceShapes([...x.shape], axes);
        const shape = keepDims ? tf.backend_util.expandShapeToKeepDim(left, axes) : left;
        const dtype = x.dtype as "float32" | "int32"; // of others TensorFlow.js makes an int32 first
        return zeros(call.backend as BackendWasm, shape, dtype) as tf.TensorInfo;
      }
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
