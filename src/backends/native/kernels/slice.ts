/** Parts of a tensor. Each is a copy: the cpu backend's lie in the input's memory. */

import { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { copyElements, valuesOf } from "../layout/copy.ts";
import { rowMajorStrides } from "../layout/strides.ts";
import type { NumericType } from "../memory/values.ts";

/**
 * A new tensor of x[begin + i · step] for every index i of `size`.
 *
 * @param shape of the result, of as many elements as `size`
 */
export function sliced(
  backend: NativeBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
  shape: readonly number[] = size,
  steps: readonly number[] = size.map(() => 1),
): tf.TensorInfo {
  const strides = rowMajorStrides(x.shape);
  const out = backend.output(shape, x.dtype as NumericType);
  if (size.includes(0)) return out;
  copyElements(
    backend,
    size,
    {
      values: valuesOf(backend, x),
      offset: strides.reduce((sum, stride, axis) => sum + stride * (begin[axis] as number), 0),
      strides: strides.map((stride, axis) => stride * (steps[axis] as number)),
    },
    { values: valuesOf(backend, out), offset: 0, strides: rowMajorStrides(size) },
  );
  return out;
}

const slice: NativeKernel = {
  name: tf.Slice,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const { begin, size } = call.attrs as { begin: number[]; size: number[] };
    const x = input(call, "x");
    const [from, sizes] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
    tf.slice_util.assertParamsValid(x, from, sizes);
    return sliced(call.backend, x, from, sizes);
  },
};

const splitV: NativeKernel = {
  name: tf.SplitV,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const { numOrSizeSplits, axis } = call.attrs as { numOrSizeSplits: number[]; axis: number };
    const x = input(call, "x");
    const along = tf.util.parseAxisParam(axis, x.shape)[0] as number;
    const begin = x.shape.map(() => 0);
    return tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along).map((size) => {
      const sizes = x.shape.map((whole, i) => (i === along ? size : whole));
      const part = sliced(call.backend, x, begin, sizes);
      begin[along] = (begin[along] as number) + size;
      return part;
    });
  },
};

const unpack: NativeKernel = {
  name: tf.Unpack,
  declines: (call) => unlessNumeric(input(call, "value")),
  run: (call) => {
    const value = input(call, "value");
    const along = tf.util.parseAxisParam(call.attrs.axis as number, value.shape)[0] as number;
    const sizes = value.shape.map((whole, i) => (i === along ? 1 : whole));
    const shape = value.shape.filter((_, i) => i !== along);
    return Array.from({ length: value.shape[along] as number }, (_, index) => {
      const begin = value.shape.map((_, i) => (i === along ? index : 0));
      return sliced(call.backend, value, begin, sizes, shape);
    });
  },
};

export const SLICES: readonly NativeKernel[] = [slice, splitV, unpack];
