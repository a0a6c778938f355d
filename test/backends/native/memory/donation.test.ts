import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../../src/backends/native/backend.ts";
import { BackendError } from "../../../../src/errors.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { POOLED, usePoisonedNative } from "./poisoned.ts";

let backend: NativeBackend;
beforeAll(async () => {
  backend = await usePoisonedNative();
});

const SHARED =
  "expected the memory of the tensor [N], updated in place, to be its own, got memory that a clone, a slice, " +
  "a variable or the tape shares: dispose those first, or update a copy (tf.add(x, 0))";

describe.each([1, 100, POOLED])("a tensor of %i values", (size) => {
  it("gives its memory to one that is written over it", () => {
    const x = tf.range(0, size);
    const memory = backend.floats(x);
    const info = backend.outputOver(x, [size, 1]);
    const updated = tf.engine().makeTensorFromTensorInfo(info);
    expect(backend.floats(updated)).toBe(memory);
    expect(updated.shape).toEqual([size, 1]);
    backend.floats(updated).fill(-1);
    x.dispose();
    const other = tf.zeros([size]); // must not be put where the updated one is
    expect(updated.dataSync()).toEqual(new Float32Array(size).fill(-1));
    expect(backend.canDonate(updated)).toBe(true);
    tf.dispose([updated, other]);
  });

  const shares: Record<string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]> = {
    "a clone": (x) => tf.clone(x),
    "a reshape": (x) => tf.reshape(x, [1, size]),
    "a cast to its own type": (x) => tf.cast(x, "float32"),
    "a slice": (x) => tf.slice(x, 0, 1),
    "the parts of a complex tensor": (x) => tf.complex(x, x),
    "a variable": (x) => tf.variable(x),
  };
  for (const [name, share] of Object.entries(shares)) {
    it(`keeps it while ${name} shares it, if that is so`, () => {
      const x = tf.range(0, size);
      const before = new Set(x.dataSync());
      const other = share(x);
      const isAlone = backend.canDonate(x);
      if (isAlone)
        backend.floats(x).fill(-1); // then nothing else may see it
      else {
        expect(() => backend.outputOver(x)).toThrow(BackendError);
        expect(() => backend.outputOver(x)).toThrow(SHARED.replace("N", String(size)));
      }
      const all = Array.isArray(other) ? other : [other];
      for (const tensor of all)
        for (const value of tensor.dataSync()) expect(before.has(value)).toBe(true);
      tf.dispose(all);
      expect(backend.canDonate(x)).toBe(true);
      x.dispose();
    });
  }

  it("keeps it while the tape holds it", () => {
    const x = tf.range(0, size);
    const seen: boolean[] = [];
    const gradient = tf.grad((value) => {
      const y = tf.square(value);
      seen.push(backend.canDonate(value));
      return y;
    })(x);
    expect(seen).toEqual([false]);
    tf.dispose([x, gradient]);
  });
});

it("takes over no memory of another size", () => {
  const x = tf.range(0, 6);
  expect(() => backend.outputOver(x, [7])).toThrow(
    "internal: expected a shape of as many values as [6] has, to take over its memory, got [7]",
  );
  x.dispose();
});

it("takes over no memory of another type that a cast left as it was", () => {
  const x = tf.tensor1d([1, 2, 3], "int32");
  const y = tf.cast(x, "float32");
  x.dispose();
  expect([...backend.floats(y)]).toEqual([1, 2, 3]);
  if (!(backend.data.get(y.dataId).values instanceof Float32Array))
    expect(backend.canDonate(y)).toBe(false);
  y.dispose();
});
