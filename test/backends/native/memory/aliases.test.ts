/**
 * Memory that several tensors share: whichever is disposed first, the others keep their values, also when new tensors
 * take every block that came free. Free memory holds NaN here.
 */

import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../../src/backends/native/backend.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { POOLED, usePoisonedNative } from "./poisoned.ts";

let backend: NativeBackend;
beforeAll(async () => {
  backend = await usePoisonedNative();
});

/** The tensors that an operation makes of x [2, POOLED]. */
const OPERATIONS: Record<string, (x: tf.Tensor2D) => tf.Tensor | tf.Tensor[]> = {
  slice: (x) => tf.slice(x, [1, 0], [1, POOLED]),
  "slice of everything": (x) => tf.slice(x, [0, 0], [2, POOLED]),
  split: (x) => tf.split(x, 2),
  unstack: (x) => tf.unstack(x),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 0], [1, POOLED], [1, 1]),
  "stridedSlice, shrinking": (x) => tf.stridedSlice(x, [1, 0], [2, POOLED], [1, 1], 0, 0, 0, 0, 1),
  complex: (x) => tf.complex(x, x),
  real: (x) => tf.real(tf.complex(x, x)),
  imag: (x) => tf.imag(tf.complex(x, x)),
  reshape: (x) => tf.reshape(x, [-1]),
  flatten: (x) => x.flatten(),
  expandDims: (x) => tf.expandDims(x, 0),
  squeeze: (x) => tf.squeeze(tf.expandDims(x, 0)),
  clone: (x) => tf.clone(x),
  "cast to its type": (x) => tf.cast(x, "float32"),
  "cast to int32 and back": (x) => tf.cast(tf.cast(x, "int32"), "float32"),
  "concat of one": (x) => tf.concat([x]),
  "broadcastTo its shape": (x) => tf.broadcastTo(x, [2, POOLED]),
  "tile once": (x) => tf.tile(x, [1, 1]),
  "pad by nothing": (x) =>
    tf.pad(x, [
      [0, 0],
      [0, 0],
    ]),
  reverse: (x) => tf.reverse(x, 0),
  transpose: (x) => tf.transpose(x, [0, 1]),
  "gather of all": (x) => tf.gather(x, tf.tensor1d([0, 1], "int32")),
  tensorScatterUpdate: (x) =>
    tf.tensorScatterUpdate(x, tf.tensor2d([[1]], [1, 1], "int32"), tf.zeros([1, POOLED])),
  "tensor of dataSync": (x) => tf.tensor(x.dataSync(), [2, POOLED]),
  "bufferSync().toTensor": (x) => x.bufferSync().toTensor(),
  "sum over no axis": (x) => tf.sum(tf.expandDims(x, 0), 0),
  "max over an axis of one": (x) => tf.max(tf.expandDims(x, 0), 0),
  "add of nothing": (x) => tf.add(x, 0),
  batchToSpaceND: (x) =>
    tf.batchToSpaceND(
      tf.reshape(x, [2, 64, 64]),
      [1, 1],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  spaceToBatchND: (x) =>
    tf.spaceToBatchND(
      tf.reshape(x, [2, 64, 64]),
      [1, 1],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  dropout: (x) => tf.dropout(x, 0),
  meshgrid: (x) => tf.meshgrid(tf.reshape(x, [-1]), tf.tensor1d([1])),
  "a variable": (x) => tf.variable(x),
};

const listed = (made: tf.Tensor | tf.Tensor[]): tf.Tensor[] =>
  Array.isArray(made) ? made : [made];

/** Takes every free block, and lets it go. */
function churn(): void {
  tf.dispose([1, 2, 4, 8].map((rows) => tf.fill([rows, POOLED], -5)));
}

describe.each(Object.entries(OPERATIONS))("%s", (_, operation) => {
  const fresh = (): tf.Tensor2D => tf.tidy(() => tf.range(0, 2 * POOLED).as2D(2, POOLED));

  it("keeps its values when its input goes first", () => {
    const x = fresh();
    const made = listed(tf.tidy(() => operation(x)));
    const before = made.map((tensor) => tensor.dataSync());
    for (const values of before)
      expect(values.every((v) => Number.isFinite(v) && v !== -5)).toBe(true);
    x.dispose();
    churn();
    for (const [i, tensor] of made.entries()) expect(tensor.dataSync()).toEqual(before[i]);
    tf.dispose(made);
  });

  it("leaves its input its values when it goes first", () => {
    const x = fresh();
    const before = x.dataSync();
    tf.dispose(tf.tidy(() => operation(x)));
    churn();
    expect(x.dataSync()).toEqual(before);
    x.dispose();
  });

  it("holds nothing when both are gone, in whichever order", () => {
    const before = { bytes: backend.counters.bytesInUse, ids: backend.numDataIds() };
    for (const inputFirst of [true, false]) {
      const x = fresh();
      const made = tf.tidy(() => operation(x));
      if (inputFirst) x.dispose();
      tf.dispose(made);
      if (!inputFirst) x.dispose();
      expect({ bytes: backend.counters.bytesInUse, ids: backend.numDataIds() }).toEqual(before);
    }
  });
});
