/** Reasons why C++ does not compute a call. */

import type { tf } from "../../tensor/tf.ts";
import { isNumeric } from "./memory/values.ts";

/** Unless every tensor is of the type. */
export function unlessAll(
  dtype: tf.DataType,
  ...tensors: readonly tf.TensorInfo[]
): string | undefined {
  const other = tensors.find((tensor) => tensor.dtype !== dtype);
  return other === undefined ? undefined : `of ${other.dtype}`;
}

/** Unless every tensor is of one of the types, all of the same. */
export function unlessOneOf(
  dtypes: readonly tf.DataType[],
  ...tensors: readonly tf.TensorInfo[]
): string | undefined {
  const first = tensors[0]?.dtype;
  const other = tensors.find(({ dtype }) => !dtypes.includes(dtype));
  if (other !== undefined) return `of ${other.dtype}`;
  return tensors.every(({ dtype }) => dtype === first) ? undefined : "of several types";
}

/** Unless every tensor holds numbers of one type: strings and complex numbers lie elsewhere. */
export function unlessNumeric(...tensors: readonly tf.TensorInfo[]): string | undefined {
  const other = tensors.find(({ dtype }) => !isNumeric(dtype));
  if (other !== undefined) return `of ${other.dtype}`;
  return tensors.every(({ dtype }) => dtype === tensors[0]?.dtype) ? undefined : "of several types";
}
