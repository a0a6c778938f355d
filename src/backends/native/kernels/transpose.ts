import { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { copyElements, valuesOf } from "../layout/copy.ts";
import { rowMajorStrides } from "../layout/strides.ts";
import type { NumericType } from "../memory/values.ts";

/** A new tensor whose axis i is axis permutation[i] of x. */
export function transposed(
  backend: NativeBackend,
  x: tf.TensorInfo,
  permutation: readonly number[],
): tf.TensorInfo {
  const strides = rowMajorStrides(x.shape);
  const shape = permutation.map((axis) => x.shape[axis] as number);
  const out = backend.output(shape, x.dtype as NumericType);
  copyElements(
    backend,
    shape,
    {
      values: valuesOf(backend, x),
      offset: 0,
      strides: permutation.map((axis) => strides[axis] as number),
    },
    { values: valuesOf(backend, out), offset: 0, strides: rowMajorStrides(shape) },
  );
  return out;
}

export const TRANSPOSE: NativeKernel = {
  name: tf.Transpose,
  declines: (call) => {
    const isRepeating = new Set(call.attrs.perm as number[]).size < input(call, "x").shape.length;
    return isRepeating ? "by axes that repeat" : unlessNumeric(input(call, "x"));
  },
  run: (call) => transposed(call.backend, input(call, "x"), call.attrs.perm as number[]),
};
