import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "../../../src/tensor/tf.ts";
import { filled, useBackend } from "../../support/backend.ts";

/** Sums over `axes` by walking every index, in float64. */
function naiveSum(x: tf.Tensor, axes: readonly number[]): number[] {
  const sums = new Map<string, number>(); // insertion order is row-major
  const values = x.dataSync();
  for (let at = 0; at < values.length; at++) {
    let rest = at;
    const index = x.shape.map(() => 0);
    for (let axis = x.rank - 1; axis >= 0; axis--) {
      index[axis] = rest % (x.shape[axis] as number);
      rest = Math.floor(rest / (x.shape[axis] as number));
    }
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    sums.set(key, (sums.get(key) ?? 0) + (values[at] as number));
  }
  return [...sums.values()];
}

describe("the wasm sum", () => {
  beforeAll(() => useBackend("wasm"));

  it.each([
    { shape: [7, 5], axes: [0] },
    { shape: [1, 5], axes: [0] },
    { shape: [3, 4, 5], axes: [0] },
    { shape: [3, 4, 5], axes: [0, 1] },
    { shape: [3, 4, 5], axes: [1, 0] },
    { shape: [3, 4, 5], axes: [1] },
    { shape: [3, 4, 5], axes: [2] },
    { shape: [3, 4, 5], axes: [0, 2] },
    { shape: [3, 4, 5], axes: [0, 1, 2] },
    { shape: [3, 4, 5], axes: [-3] },
    { shape: [6], axes: [0] },
  ])("over axes $axes of $shape equals a walk over every index", ({ shape, axes }) => {
    const x = filled(shape, 4);
    const positive = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
    const expected = naiveSum(x, positive);
    for (const keepDims of [false, true]) {
      const sum = tf.sum(x, axes, keepDims);
      const left = shape.flatMap((size, axis) =>
        positive.includes(axis) ? (keepDims ? [1] : []) : [size],
      );
      expect(sum.shape).toEqual(left);
      for (const [i, value] of sum.dataSync().entries())
        expect(value).toBeCloseTo(expected[i] as number, 5);
      sum.dispose();
    }
    x.dispose();
  });

  it("adds a million small numbers to a large one without losing them", () => {
    const x = tf.tensor2d(
      Float32Array.from({ length: 1_000_001 }, (_, i) => (i === 0 ? 2 ** 24 : 1)),
      [1_000_001, 1],
    );
    const sum = tf.sum(x, 0);
    expect(sum.dataSync()[0]).toBe(2 ** 24 + 1_000_000); // float32 alone stays at 2^24
    tf.dispose([x, sum]);
  });

  it.each([
    { shape: [0], axes: [0] },
    { shape: [0, 3], axes: [0, 1] },
    { shape: [0, 3], axes: [0] },
    { shape: [0, 3], axes: [1] },
    { shape: [0, 5, 3], axes: [1] },
    { shape: [2, 5, 0], axes: [1] },
    { shape: [2, 0, 3], axes: [-2] },
  ])("over axes $axes of nothing, $shape, is 0 wherever something is left", ({ shape, axes }) => {
    tf.ones([64]).dispose(); // memory that held something
    for (const dtype of ["float32", "int32"] as const)
      for (const keepDims of [false, true]) {
        const x = tf.zeros(shape, dtype);
        const sum = tf.sum(x, axes, keepDims);
        const left = shape.flatMap((size, axis) =>
          axes.includes(axis) || axes.includes(axis - shape.length)
            ? keepDims
              ? [1]
              : []
            : [size],
        );
        expect([sum.dtype, ...sum.shape]).toEqual([dtype, ...left]);
        const count = left.reduce((product, size) => product * size, 1);
        expect([...sum.dataSync()]).toEqual(new Array(count).fill(0));
        tf.dispose([x, sum]);
      }
  });

  it("leaves integers to the backend's own kernel", () => {
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2], "int32");
    const sum = tf.sum(x, 0);
    expect([sum.dtype, ...sum.dataSync()]).toEqual(["int32", 4, 6]);
    tf.dispose([x, sum]);
  });
});
