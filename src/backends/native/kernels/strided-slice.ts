import { tf } from "../../../tensor/tf.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { sliced } from "./slice.ts";

type Attributes = {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
};

/** Python's x[begin:end:stride, …], with negative strides, new axes and axes left out. */
export const STRIDED_SLICE: NativeKernel = {
  name: tf.StridedSlice,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const x = input(call, "x");
    const attrs = call.attrs as Attributes;
    const info = tf.slice_util.sliceInfo(
      x.shape,
      attrs.begin,
      attrs.end,
      attrs.strides,
      attrs.beginMask,
      attrs.endMask,
      attrs.ellipsisMask,
      attrs.newAxisMask,
      attrs.shrinkAxisMask,
    );
    const size = tf.slice_util
      .computeOutShape(info.begin, info.end, info.strides)
      .map((count) => Math.max(count, 0));
    return sliced(call.backend, x, info.begin, size, info.finalShape, info.strides);
  },
};
