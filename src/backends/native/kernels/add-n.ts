import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import type { NativeKernel } from "../kernel.ts";

/** Places in `Arithmetic` of native/kernels/elementwise.h. */
const ADD = 0;
const ADD_FROM_ZERO = 12;

/** The sum of tensors of one shape, rounded after each, from +0. */
export const ADD_N: NativeKernel = {
  name: tf.AddN,
  declines: ({ inputs }) => unlessAll("float32", ...Object.values(inputs)),
  run: ({ inputs, backend }) => {
    const [first, ...others] = Object.values(inputs) as [tf.TensorInfo, ...tf.TensorInfo[]];
    const { binding } = backend;
    const out = backend.output(first.shape);
    const to = backend.floats(out);
    const [second, ...rest] = others.map((tensor) => backend.floats(tensor));
    const sized = (strideB: number) => Int32Array.of(to.length, 1, strideB);
    const zero = new Float32Array(1);
    const [b, strideB] = second === undefined ? [zero, 0] : [second, 1];
    binding.arithmetic(ADD_FROM_ZERO, 1, sized(strideB), backend.floats(first), b, to);
    for (const next of rest) binding.arithmetic(ADD, 1, sized(1), to, next, to);
    return out;
  },
};
