import { tf } from "../../../tensor/tf.ts";
import { unlessNumeric } from "../declines.ts";
import { elementTypeCode } from "../element-type.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";
import { isNumeric, type NumericType } from "../memory/values.ts";

/** Values in another type. The cpu backend widens nothing and keeps a narrower array; here values have their type. */
export const CAST: NativeKernel = {
  name: tf.Cast,
  declines: (call) => {
    const dtype = call.attrs.dtype as tf.DataType;
    return isNumeric(dtype) ? unlessNumeric(input(call, "x")) : `to ${dtype}`;
  },
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const dtype = attrs.dtype as NumericType;
    if (dtype === x.dtype) {
      backend.incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype };
    }
    const out = backend.output(x.shape, dtype);
    const [from, to] = [elementTypeCode(x.dtype), elementTypeCode(dtype)];
    const count = tf.util.sizeFromShape(x.shape);
    backend.binding.cast(from, to, count, valuesOf(backend, x), valuesOf(backend, out));
    return out;
  },
};
