/** Values as the backend stores them. */

import type { tf } from "../../../tensor/tf.ts";

/** What TensorFlow.js hands to a backend; strings come as bytes. */
export type BackendValues = tf.backend_util.BackendValues;

/** Types that the pool holds. */
export type NumericType = "float32" | "int32" | "bool";

export type NumericArray = Float32Array | Int32Array | Uint8Array;

const BYTES = { float32: 4, int32: 4, bool: 1 } as const;

export function isNumeric(dtype: tf.DataType): dtype is NumericType {
  return dtype in BYTES;
}

export function bytesOf(size: number, dtype: NumericType): number {
  return size * BYTES[dtype];
}

/** A view of `size` values from the start of `buffer`. */
export function viewOf(buffer: ArrayBuffer, size: number, dtype: NumericType): NumericArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer, 0, size);
    case "int32":
      return new Int32Array(buffer, 0, size);
    case "bool":
      return new Uint8Array(buffer, 0, size);
    default:
      return dtype satisfies never;
  }
}

/** The values as kernels expect them; itself where it is of that kind already. */
export function typed(values: ArrayLike<number>, dtype: NumericType): NumericArray {
  switch (dtype) {
    case "float32":
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case "int32":
      return values instanceof Int32Array ? values : Int32Array.from(values);
    case "bool":
      return values instanceof Uint8Array ? values : Uint8Array.from(values);
    default:
      return dtype satisfies never;
  }
}

/** A copy as a wider type: TensorFlow.js' casts that lose nothing keep their input's memory, as it is. */
export function widened(
  values: NumericArray,
  from: tf.DataType,
  to: NumericType,
): NumericArray | undefined {
  const isWider = (to === "float32" && from !== "float32") || (to === "int32" && from === "bool");
  return isWider && isNumeric(from) ? typed(values, to) : undefined;
}
