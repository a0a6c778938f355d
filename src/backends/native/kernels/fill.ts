/** Tensors of one value. */

import { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { unlessNumeric } from "../declines.ts";
import { elementTypeCode } from "../element-type.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";
import { isNumeric, type NumericType } from "../memory/values.ts";

/** A new tensor of `value`, as JavaScript converts it to the type. */
export function filled(
  backend: NativeBackend,
  shape: readonly number[],
  dtype: NumericType,
  value: number,
): tf.TensorInfo {
  const out = backend.output(shape, dtype);
  const count = tf.util.sizeFromShape([...shape]);
  const number = dtype === "float32" ? value : value | 0;
  backend.binding.fill(elementTypeCode(dtype), number, count, valuesOf(backend, out));
  return out;
}

const fill: NativeKernel = {
  name: tf.Fill,
  declines: ({ attrs }) => {
    const dtype = typeOfFill(attrs);
    return isNumeric(dtype) ? undefined : `of ${dtype}`;
  },
  run: ({ attrs, backend }) => {
    const { shape, value } = attrs as { shape: number[]; value: number };
    return filled(backend, shape, typeOfFill(attrs) as NumericType, Number(value));
  },
};

function typeOfFill({ dtype, value }: Readonly<Record<string, unknown>>): tf.DataType {
  return (dtype as tf.DataType | undefined) ?? tf.util.inferDtype(value as number);
}

function likes(name: string, value: number): NativeKernel {
  return {
    name,
    declines: (call) => unlessNumeric(input(call, "x")),
    run: (call) => {
      const { shape, dtype } = input(call, "x");
      return filled(call.backend, shape, dtype as NumericType, value);
    },
  };
}

export const FILLS: readonly NativeKernel[] = [fill, likes(tf.ZerosLike, 0), likes(tf.OnesLike, 1)];
