/** Tensors one after another along an axis that they have (Concat) or along a new one (Pack). */

import { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { unlessNumeric } from "../declines.ts";
import type { NativeKernel } from "../kernel.ts";
import { copyElements, valuesOf } from "../layout/copy.ts";
import { rowMajorStrides } from "../layout/strides.ts";
import type { NumericType } from "../memory/values.ts";

interface Part {
  readonly tensor: tf.TensorInfo;
  /** What the tensor is seen as. */
  readonly shape: number[];
}

function joined(backend: NativeBackend, parts: readonly Part[], axis: number): tf.TensorInfo {
  const shapes = parts.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  const out = backend.output(shape, (parts[0] as Part).tensor.dtype as NumericType);
  const strides = rowMajorStrides(shape);
  let at = 0;
  for (const part of parts) {
    if (!part.shape.includes(0)) {
      const from = rowMajorStrides(part.shape);
      copyElements(
        backend,
        part.shape,
        { values: valuesOf(backend, part.tensor), offset: 0, strides: from },
        { values: valuesOf(backend, out), offset: at * (strides[axis] as number), strides },
      );
    }
    at += part.shape[axis] as number;
  }
  return out;
}

const concat: NativeKernel = {
  name: tf.Concat,
  declines: ({ inputs }) => unlessNumeric(...Object.values(inputs)),
  run: ({ inputs, attrs, backend }) => {
    const parts = Object.values(inputs).map((tensor) => ({ tensor, shape: tensor.shape }));
    const first = (parts[0] as Part).shape;
    const axis = tf.util.parseAxisParam(attrs.axis as number, first)[0] as number;
    return joined(backend, parts, axis);
  },
};

const pack: NativeKernel = {
  name: tf.Pack,
  declines: ({ inputs }) => unlessNumeric(...Object.values(inputs)),
  run: ({ inputs, attrs, backend }) => {
    const tensors = Object.values(inputs);
    const { shape } = tensors[0] as tf.TensorInfo;
    for (const tensor of tensors) {
      const message = "All tensors passed to stack must have matching shapes";
      tf.util.assertShapesMatch(shape, tensor.shape, message);
    }
    const axis = attrs.axis as number;
    const place = axis < 0 ? axis + shape.length + 1 : axis;
    const parts = tensors.map((tensor) => ({
      tensor,
      shape: [...shape.slice(0, place), 1, ...shape.slice(place)],
    }));
    return joined(backend, parts, place);
  },
};

export const CONCATENATIONS: readonly NativeKernel[] = [concat, pack];
