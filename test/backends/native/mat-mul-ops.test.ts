/** TensorFlow.js' matrix products on the engine: batches, biases, activations, refusals, what falls to cpu. */

import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../src/backends/native/backend.ts";
import { linear } from "../../../src/ops/linear.ts";
import { LINEAR } from "../../../src/tensor/fused/linear.ts";
import { runFused } from "../../../src/tensor/fused/run.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { naiveMatMul } from "../../naive/mat-mul.ts";
import { filled, maxDifference, useBackend } from "../../support/backend.ts";

const native = (): NativeBackend => tf.backend() as NativeBackend;

describe("matrix products on native", () => {
  beforeAll(() => useBackend("native"));

  it("meets every matrix of a broadcast batch with its own", () => {
    const a = filled([3, 1, 2, 5], 1);
    const b = filled([4, 5, 3], 2);
    const got = tf.matMul(a, b);
    expect(got.shape).toEqual([3, 4, 2, 3]);
    const [left, right, values] = [a.dataSync(), b.dataSync(), got.dataSync()];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 4; j++) {
        const wanted = naiveMatMul(
          left.slice(10 * i, 10 * (i + 1)),
          right.slice(15 * j, 15 * (j + 1)),
          { batch: 1, rows: 2, inner: 5, columns: 3 },
        );
        const at = 6 * (4 * i + j);
        expect(maxDifference(values.slice(at, at + 6), wanted)).toBeLessThan(1e-6);
      }
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])("multiplies a batch by one matrix, transposed %s and %s", (transposeA, transposeB) => {
    const a = filled(transposeA ? [6, 4, 7] : [6, 7, 4], 1);
    const b = filled(transposeB ? [3, 4] : [4, 3], 2);
    const wanted = naiveMatMul(a.dataSync(), b.dataSync(), {
      batch: 6,
      rows: 7,
      inner: 4,
      columns: 3,
      transposeA,
      transposeB,
    });
    const got = tf.matMul(a, b, transposeA, transposeB);
    expect(maxDifference(got.dataSync(), wanted)).toBeLessThan(1e-6);
  });

  it("is zero where nothing is summed, and takes NaN and infinity as they come", () => {
    expect([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2])).dataSync()]).toEqual([0, 0, 0, 0]);
    const a = tf.tensor2d([Number.NaN, 1, Number.POSITIVE_INFINITY, 0, 1, 2], [3, 2]);
    const got = tf.matMul(a, tf.tensor2d([1, 0, 0, 1], [2, 2])).dataSync();
    expect([...got]).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, 1, 2]);
  });

  const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "prelu", "leakyrelu", "sigmoid"] as const;
  it.each(ACTIVATIONS)("fused with a bias and %s, gives what cpu gives", async (activation) => {
    const compute = (): Float32Array[] =>
      [[3], [2, 1, 3], [1], [2, 5, 3]].map((shape) =>
        tf.tidy(() => {
          const got = tf.fused.matMul({
            a: tf.mul(filled([2, 5, 4], 1), 3),
            b: filled([2, 4, 3], 2),
            bias: filled(shape, 3),
            activation,
            preluActivationWeights: tf.tensor1d([0.1, 0.2, 0.3]),
            leakyreluAlpha: 0.25,
          });
          return got.dataSync() as Float32Array;
        }),
      );
    const { numTensors } = tf.memory();
    const got = compute();
    expect(tf.memory().numTensors).toBe(numTensors);
    await useBackend("cpu");
    const wanted = compute();
    await useBackend("native");
    got.forEach((values, i) => {
      expect(maxDifference(values, wanted[i] as Float32Array)).toBeLessThan(1e-6);
    });
  });

  it("refuses what does not fit in cpu's words", () => {
    expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow(
      "Error in matMul: inner shapes (3) and (2) of Tensors with shapes 2,3 and 2,3 and transposeA=false and transposeB=false must match.",
    );
  });

  it("refuses an activation that it does not know", () => {
    const inputs = { a: tf.zeros([1, 1]), b: tf.zeros([1, 1]) };
    expect(() => tf.engine().runKernel(tf._FusedMatMul, inputs, { activation: "cube" })).toThrow(
      "Activation cube has not been implemented for the native backend.",
    );
  });

  it("leaves integers to cpu and counts it", () => {
    native().resetCounters();
    const got = tf.matMul(
      tf.tensor2d([1, 2], [1, 2], "int32"),
      tf.tensor2d([3, 4], [2, 1], "int32"),
    );
    expect(got.dtype).toBe("int32");
    expect([...got.dataSync()]).toEqual([11]);
    expect([...native().counters.fallbacks.keys()]).toContain("BatchMatMul of int32");
  });

  it("linear is one kernel forwards and one backwards", () => {
    const [x, weight, bias] = [filled([9, 4], 1), filled([5, 4], 2), filled([5], 3)] as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    native().resetCounters();
    tf.grads((...args) =>
      linear(args[0] as tf.Tensor2D, args[1] as tf.Tensor2D, args[2] as tf.Tensor1D),
    )([x, weight, bias], tf.ones([9, 5]));
    const { nativeCalls } = native().counters;
    expect(nativeCalls.get("GdiffLinear")).toBe(1);
    expect(nativeCalls.get("GdiffLinearGrad")).toBe(1);
  });

  it("the kernel of linear refuses shapes that do not meet", () => {
    const inputs = { x: filled([9, 4]), weight: filled([5, 3]) };
    expect(() => runFused(LINEAR, inputs, { hasBias: false })).toThrow(
      "GdiffLinear: expected weight to be [out, 4], got [5, 3]",
    );
  });
});
