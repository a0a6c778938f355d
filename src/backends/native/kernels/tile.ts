import { tf } from "../../../tensor/tf.ts";
import { unlessNumeric } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { copyElements, valuesOf } from "../layout/copy.ts";
import { rowMajorStrides } from "../layout/strides.ts";
import type { NumericType } from "../memory/values.ts";

/** x repeated `reps[axis]` times along each axis; broadcastTo is this too. */
export const TILE: NativeKernel = {
  name: tf.Tile,
  declines: (call) => unlessNumeric(input(call, "x")),
  run: (call) => {
    const { backend } = call;
    const x = input(call, "x");
    const reps = call.attrs.reps as number[];
    const shape = x.shape.map((size, axis) => size * (reps[axis] as number));
    const out = backend.output(shape, x.dtype as NumericType);
    if (shape.includes(0)) return out;
    // Each axis as [repetition, index]: a repetition reads the same place again.
    const [from, to] = [rowMajorStrides(x.shape), rowMajorStrides(shape)];
    const doubled = (pair: (axis: number) => [number, number]) =>
      x.shape.flatMap((_, i) => pair(i));
    const size = (axis: number): number => x.shape[axis] as number;
    copyElements(
      backend,
      doubled((axis) => [reps[axis] as number, size(axis)]),
      {
        values: valuesOf(backend, x),
        offset: 0,
        strides: doubled((axis) => [0, from[axis] as number]),
      },
      {
        values: valuesOf(backend, out),
        offset: 0,
        strides: doubled((axis) => [size(axis) * (to[axis] as number), to[axis] as number]),
      },
    );
    return out;
  },
};
