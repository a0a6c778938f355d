import type { tf } from "../../tensor/tf.ts";

/** In the order of `ElementType` in native/kernels/elementwise.h. */
const TYPES: readonly tf.DataType[] = ["float32", "int32", "bool"];

/** What C++ calls a type of numbers. */
export function elementTypeCode(dtype: tf.DataType): number {
  const code = TYPES.indexOf(dtype);
  if (code < 0) throw new TypeError(`internal: expected a type of numbers, got ${dtype}`);
  return code;
}
