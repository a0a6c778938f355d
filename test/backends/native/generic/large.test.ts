import { expect, it } from "vitest";
import { tf } from "../../../../src/tensor/tf.ts";
import { naiveReduceSum, naiveTranspose } from "../../../naive/layout.ts";
import { filled } from "../../../support/backend.ts";
import { usePoisonedNative } from "../memory/poisoned.ts";
import { binding, describeEachInstructionSet, withEachThreadCount } from "../support.ts";

/** Runs the operation with 1 to 4 threads; the results have the same bits. Returns them. */
function withAnyThreads(operation: () => tf.Tensor): tf.TypedArray {
  const [first, ...others] = withEachThreadCount(() => tf.tidy(() => operation().dataSync()));
  for (const other of others) expect(haveSameBits(other, first as tf.TypedArray)).toBe(true);
  return first as tf.TypedArray;
}

/** toEqual takes seconds for a hundred thousand numbers. */
function haveSameBits(a: tf.TypedArray, b: tf.TypedArray): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: tf.TypedArray) =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}

describeEachInstructionSet("operations of many tasks", () => {
  it.each([
    { shape: [3, 70_001], axis: 1 },
    { shape: [70_001, 3], axis: 0 },
    { shape: [2, 4099, 129], axis: 1 },
    { shape: [130, 17, 33], axis: 2 },
    { shape: [41, 33, 65], axis: 0 },
  ])("sums of $shape along $axis are float64 sums, rounded once", async ({ shape, axis }) => {
    await usePoisonedNative();
    const x = filled(shape);
    const sums = withAnyThreads(() => tf.sum(x, axis));
    const expected = naiveReduceSum(x.dataSync(), shape, axis);
    for (const [i, sum] of expected.entries()) {
      expect(Math.abs((sums[i] as number) - sum)).toBeLessThan(Math.abs(sum) * 1e-7 + 1e-9);
    }
  });

  it.each([
    { shape: [257, 130], permutation: [1, 0] },
    { shape: [5, 33, 7, 64], permutation: [0, 2, 1, 3] },
    { shape: [3, 65, 2, 97], permutation: [3, 0, 2, 1] },
    { shape: [31, 2, 40, 33], permutation: [2, 3, 1, 0] },
  ])("transposes $shape by $permutation", async ({ shape, permutation }) => {
    await usePoisonedNative();
    const x = filled(shape);
    const moved = withAnyThreads(() => tf.transpose(x, permutation));
    const expected = naiveTranspose(x.dataSync() as Float32Array, shape, permutation);
    expect(haveSameBits(moved, expected)).toBe(true);
  });

  it("elements have the same value wherever they lie", async () => {
    await usePoisonedNative();
    const x = tf.range(-4, 4, 1 / 128); // 1024 values
    const many = tf.tile(x, [97]);
    for (const f of [tf.exp, tf.tanh, tf.log1p]) {
      const once = tf.tile(f(x), [97]);
      for (const shift of [1, 63]) {
        const values = withAnyThreads(() => f(tf.slice(many, shift)));
        expect(haveSameBits(values, tf.slice(once, shift).dataSync())).toBe(true);
      }
    }
  });

  it("broadcasts rows and columns over tasks", async () => {
    await usePoisonedNative();
    const [x, row, column] = [filled([301, 257]), filled([257], 1), filled([301, 1], 2)];
    const values = withAnyThreads(() => tf.add(tf.mul(x, row), column));
    const [a, b, c] = [x.dataSync(), row.dataSync(), column.dataSync()];
    for (let i = 0; i < values.length; i++) {
      const product = Math.fround((a[i] as number) * (b[i % 257] as number));
      const sum = Math.fround(product + (c[Math.floor(i / 257)] as number));
      if (values[i] !== sum) expect.fail(`at ${i}: expected ${sum}, got ${values[i]}`);
    }
  });
});

it("a layout that leads outside an array is refused", () => {
  const [x, out] = [new Float32Array(4), new Float32Array(4)];
  const copy = (stride: number, offset: number) =>
    binding.copyStrided(4, 1, Int32Array.of(4, stride, 1), offset, 0, x, out);
  expect(() => copy(2, 0)).toThrow(
    "native copyStrided: expected from to be a typed array of 28 bytes or more, got 16 bytes",
  );
  expect(() => copy(-1, 2)).toThrow(
    "native layout: expected strides within the array, got one that leads 1 elements below its start",
  );
  expect(() => binding.unary(99, 0, x, out, 0, 0)).toThrow(
    "native: expected function to be below 36, got 99",
  );
  expect(() => binding.fill(1, 2 ** 31, 4, new Int32Array(4))).toThrow(
    "native fill: expected value to be an int32, got 2147483648.000000",
  );
  expect(() => binding.copyStrided(2, 0, new Int32Array(0), 0, 0, x, out)).toThrow(
    "native: expected elementBytes to be 1 or 4, got 2",
  );
});
