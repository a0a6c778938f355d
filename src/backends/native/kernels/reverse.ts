import { tf } from "../../../tensor/tf.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { sliced } from "./slice.ts";

/** x backwards along the axes `dims`. */
export const REVERSE: NativeKernel = {
  name: tf.Reverse,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const x = input(call, "x");
    const axes = tf.util.parseAxisParam(call.attrs.dims as number[], x.shape);
    const isReversed = x.shape.map((_, axis) => axes.includes(axis));
    const begin = x.shape.map((size, axis) => (isReversed[axis] ? size - 1 : 0));
    const steps = x.shape.map((_, axis) => (isReversed[axis] ? -1 : 1));
    return sliced(call.backend, x, begin, x.shape, x.shape, steps);
  },
};
