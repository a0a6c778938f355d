/** Arrays that come in and go out are copies: neither side sees what the other does to its own. */

import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../../src/backends/native/backend.ts";
import type { NumericArray } from "../../../../src/backends/native/memory/values.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { maxDifference, useBackend } from "../../../support/backend.ts";
import { POOLED, usePoisonedNative } from "./poisoned.ts";

let backend: NativeBackend;
beforeAll(async () => {
  backend = await usePoisonedNative();
});

const ARRAYS = {
  float32: (size: number) => Float32Array.from({ length: size }, (_, i) => i),
  int32: (size: number) => Int32Array.from({ length: size }, (_, i) => i),
  bool: (size: number) => Uint8Array.from({ length: size }, (_, i) => i % 2),
} as const;

describe.each(["float32", "int32", "bool"] as const)("%s", (dtype) => {
  for (const size of [0, 1, 16, 4 * POOLED]) {
    it(`of ${size} values: the user's array and the tensor are apart`, async () => {
      const array = ARRAYS[dtype](size);
      const kept = array.slice();
      const x = tf.tensor(array, [size], dtype);
      array.fill(9);
      expectSame(x.dataSync(), kept);

      const reads = [
        x.dataSync(),
        await x.data(),
        x.bufferSync().values,
        (await x.buffer()).values,
      ];
      for (const read of reads) {
        expectSame(read, kept);
        read.fill(8);
      }
      expectSame(x.dataSync(), kept);

      const last = x.dataSync();
      x.dispose();
      tf.dispose([tf.fill([size], 1, "float32"), tf.fill([4 * POOLED], 3, "int32")]);
      expectSame(last, kept);
    });
  }

  it("a write over the tensor leaves the user's array as it is", () => {
    const array = ARRAYS[dtype](4 * POOLED);
    const kept = array.slice();
    const x = tf.tensor(array, [array.length], dtype);
    const updated = tf.engine().makeTensorFromTensorInfo(backend.outputOver(x));
    x.dispose();
    (backend.data.get(updated.dataId).values as Uint8Array).fill(7);
    expect(updated.dataSync().every((v) => v === 7)).toBe(true);
    expectSame(array, kept);
    updated.dispose();
  });
});

/** Not toEqual: it takes a second for so many values. */
function expectSame(a: NumericArray, b: NumericArray): void {
  expect(a.constructor).toBe(b.constructor);
  expect(maxDifference(a, b)).toBe(0);
}

it("a variable's next value leaves the one before readable by its clones", () => {
  const initial = tf.fill([POOLED], 1);
  const variable = tf.variable(initial);
  const clone = tf.clone(variable);
  variable.assign(tf.fill([POOLED], 2));
  expect(clone.dataSync()[POOLED - 1]).toBe(1);
  expect(initial.dataSync()[0]).toBe(1);
  expect(variable.dataSync()[0]).toBe(2);
  tf.dispose([initial, clone]);
  variable.dispose();
});

it("strings and complex numbers go in and out", () => {
  const text = tf.tensor1d(["a", "zwei", ""]);
  expect(text.dataSync()).toEqual(["a", "zwei", ""]);
  expect(tf.reshape(text, [3, 1]).bufferSync().get(1, 0)).toBe("zwei");
  const z = tf.complex([1, 2], [3, 4]);
  expect([...z.dataSync()]).toEqual([1, 3, 2, 4]);
});

it("tensors move between backends with their values", async () => {
  const size = 2 * POOLED;
  const x = tf.range(0, size);
  await useBackend("cpu");
  const y = tf.mul(x, 2);
  expect(y.dataSync()[size - 1]).toBe(2 * (size - 1));
  await tf.setBackend("native");
  const z = tf.add(x, y); // both come over
  expect(z.dataSync()[size - 1]).toBe(3 * (size - 1));
  tf.dispose([x, y, z]);
});
