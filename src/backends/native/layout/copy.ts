/** Copies between layouts of two tensors. */

import type { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import type { NumericArray, NumericType } from "../memory/values.ts";

/** One tensor's part in a copy: the element of index 0, and a stride for each axis. */
export interface Place {
  readonly values: NumericArray;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Copies the elements of `shape` from one place to another of the same type. */
export function copyElements(
  { binding }: NativeBackend,
  shape: readonly number[],
  from: Place,
  to: Place,
): void {
  const axes = Int32Array.from([...shape, ...from.strides, ...to.strides]);
  binding.copyStrided(
    from.values.BYTES_PER_ELEMENT,
    shape.length,
    axes,
    from.offset,
    to.offset,
    from.values,
    to.values,
  );
}

/** The values of a tensor of any numeric type. */
export function valuesOf(backend: NativeBackend, tensor: tf.TensorInfo): NumericArray {
  switch (tensor.dtype as NumericType) {
    case "float32":
      return backend.floats(tensor);
    case "int32":
      return backend.ints(tensor);
    default:
      return backend.bytes(tensor);
  }
}
