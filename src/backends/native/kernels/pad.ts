import { tf } from "../../../tensor/tf.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { copyElements, valuesOf } from "../layout/copy.ts";
import { rowMajorStrides } from "../layout/strides.ts";
import type { NumericType } from "../memory/values.ts";
import { filled } from "./fill.ts";

/** x with `constantValue` around it. */
export const PAD: NativeKernel = {
  name: tf.PadV2,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const paddings = attrs.paddings as [number, number][];
    const shape = paddings.map(([before, after], axis) => before + (x.shape[axis] ?? 0) + after);
    const out = filled(backend, shape, x.dtype as NumericType, attrs.constantValue as number);
    if (x.shape.includes(0)) return out;
    const strides = rowMajorStrides(shape);
    const offset = strides.reduce((sum, s, axis) => sum + s * (paddings[axis]?.[0] ?? 0), 0);
    copyElements(
      backend,
      x.shape,
      { values: valuesOf(backend, x), offset: 0, strides: rowMajorStrides(x.shape) },
      { values: valuesOf(backend, out), offset, strides },
    );
    return out;
  },
};
