import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";
import { isNumeric, type NumericType } from "../memory/values.ts";

type Attributes = {
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
  readonly dtype: tf.DataType;
};

/** A new last axis of `depth` values: onValue at the index, else offValue; an index outside has none. */
export const ONE_HOT: NativeKernel = {
  name: tf.OneHot,
  declines: (call) => {
    const { dtype } = call.attrs as Attributes;
    return isNumeric(dtype) ? unlessAll("int32", input(call, "indices")) : `of ${dtype}`;
  },
  run: (call) => {
    const { backend } = call;
    const { depth, onValue, offValue, dtype } = call.attrs as Attributes;
    const indices = input(call, "indices");
    const out = backend.output([...indices.shape, depth], dtype as NumericType);
    const onOff =
      dtype === "float32" ? Float32Array.of(onValue, offValue) : Int32Array.of(onValue, offValue);
    const values = valuesOf(backend, out);
    backend.binding.oneHot(
      values.BYTES_PER_ELEMENT,
      tf.util.sizeFromShape(indices.shape),
      depth,
      backend.ints(indices),
      values,
      onOff,
    );
    return out;
  },
};
