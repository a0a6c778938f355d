/** Row-wise and pointwise operations as models call them: the engine's kernels against the composites on cpu. */

import { beforeAll, describe, expect, it } from "vitest";
import { batchNorm } from "../../../src/ops/batch-norm.ts";
import { conv1d } from "../../../src/ops/conv1d.ts";
import { embedding } from "../../../src/ops/embedding.ts";
import { gelu } from "../../../src/ops/gelu.ts";
import { layerNorm } from "../../../src/ops/layer-norm.ts";
import { maskedCrossEntropy } from "../../../src/ops/masked-cross-entropy.ts";
import { maxPool1d } from "../../../src/ops/max-pool-1d.ts";
import { meanPool } from "../../../src/ops/mean-pool.ts";
import { rmsNorm } from "../../../src/ops/rms-norm.ts";
import { siluGate } from "../../../src/ops/silu-gate.ts";
import { LAYER_NORM } from "../../../src/tensor/fused/layer-norm.ts";
import { MASKED_CROSS_ENTROPY } from "../../../src/tensor/fused/masked-cross-entropy.ts";
import { RMS_NORM } from "../../../src/tensor/fused/rms-norm.ts";
import { runFused } from "../../../src/tensor/fused/run.ts";
import { SILU_GATE } from "../../../src/tensor/fused/silu-gate.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { filled, maxDifference, useBackend } from "../../support/backend.ts";
import { usePoisonedNative } from "./memory/poisoned.ts";
import { refusalOf, values } from "./support.ts";

type Inputs = readonly tf.Tensor[];

/** One operation on tensors that are large enough for kept memory. */
interface Case {
  readonly shapes: readonly number[][];
  readonly run: (inputs: Inputs) => tf.Tensor;
  /** What must have computed it, forwards and backwards. */
  readonly kernels: readonly string[];
}

const ROWS = 1031;
const IDS = Int32Array.from({ length: ROWS }, (_, i) => (i * i + (i >> 2)) % 6);
const WEIGHT = values(ROWS, 7).map((value, i) => (i % 3 === 0 ? 0 : 1 + value));
const LENGTHS = [70, 1, 64];

const CASES: Readonly<Record<string, Case>> = {
  layerNorm: {
    shapes: [[ROWS, 33], [33]],
    run: ([x, gain]) => layerNorm(x as tf.Tensor2D, gain as tf.Tensor1D),
    kernels: ["GdiffLayerNorm", "GdiffLayerNormBackward"],
  },
  rmsNorm: {
    shapes: [[ROWS, 33], [33]],
    run: ([x, gain]) => rmsNorm(x as tf.Tensor2D, gain as tf.Tensor1D),
    kernels: ["GdiffRmsNorm", "GdiffRmsNormBackward"],
  },
  gelu: {
    shapes: [[3, 5, 407]],
    run: ([x]) => gelu(x as tf.Tensor),
    kernels: ["GdiffGelu", "GdiffGeluBackward"],
  },
  siluGate: {
    shapes: [
      [ROWS, 7],
      [ROWS, 7],
    ],
    run: ([a, b]) => siluGate(a as tf.Tensor, b as tf.Tensor),
    kernels: ["GdiffSiluGate", "GdiffSiluGateBackward"],
  },
  embedding: {
    shapes: [[6, 17]],
    run: ([table]) => embedding(tf.tensor2d(IDS, [1, ROWS], "int32"), table as tf.Tensor2D),
    kernels: ["GdiffEmbedding", "GdiffEmbeddingBackward"],
  },
  maskedCrossEntropy: {
    shapes: [[ROWS, 4]],
    run: ([logits]) =>
      maskedCrossEntropy(
        logits as tf.Tensor2D,
        tf.tensor1d(IDS, "int32"), // ids of N and MASK among them: they pick nothing
        tf.tensor1d(WEIGHT),
      ),
    kernels: ["GdiffMaskedCrossEntropy", "GdiffMaskedCrossEntropyBackward"],
  },
  meanPool: {
    shapes: [[3, 70, 33]],
    run: ([x]) => meanPool(x as tf.Tensor3D, LENGTHS),
    kernels: ["GdiffMeanPool", "GdiffMeanPoolBackward"],
  },
  conv1d: {
    shapes: [[3, 70, 33], [17, 33, 5], [17]],
    run: ([x, weight, bias]) =>
      conv1d(x as tf.Tensor3D, weight as tf.Tensor3D, bias as tf.Tensor1D, "same"),
    kernels: ["GdiffConv1d", "GdiffConv1dInputGrad", "GdiffConv1dWeightGrad"],
  },
  maxPool1d: {
    shapes: [[3, 71, 33]],
    run: ([x]) => maxPool1d(x as tf.Tensor3D, 2),
    kernels: ["GdiffMaxPool1d", "GdiffMaxPool1dBackward"],
  },
  batchNorm: {
    shapes: [[3, 170, 33], [33], [33]],
    run: ([x, gain, bias]) =>
      batchNorm(x as tf.Tensor3D, gain as tf.Tensor1D, bias as tf.Tensor1D).y,
    kernels: ["GdiffBatchNorm", "GdiffBatchNormBackward"],
  },
  softmax: {
    shapes: [[3, 11, 131]],
    run: ([x]) => tf.softmax(x as tf.Tensor),
    kernels: ["Softmax"],
  },
};

/** By the kernel of that name where the backend has it: tf.logSoftmax composes it of others. */
function logSoftmax(logits: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== "native") return tf.logSoftmax(logits);
  return tf.engine().runKernel(tf.LogSoftmax, { logits }, { axis: -1 }) as tf.Tensor;
}

/** The value and every gradient of Σ weight · value, as arrays. */
function evaluated({ shapes, run }: Case): Float32Array[] {
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.mul(filled([...shape], i), 3));
    const value = run(inputs);
    const weight = filled(value.shape, 9);
    const grads = tf.grads((...tracked) => tf.sum(tf.mul(run(tracked as Inputs), weight)))(inputs);
    return [value, ...grads].map((tensor) => tensor.dataSync() as Float32Array);
  });
}

describe("on native, its free and unwritten memory poisoned,", () => {
  it.each(Object.entries(CASES))("%s is what it is on cpu, by its kernels", async (_, wanted) => {
    await useBackend("cpu");
    const expected = evaluated(wanted);
    const backend = await usePoisonedNative();
    const before = tf.memory().numTensors;
    const actual = evaluated(wanted);
    expect(tf.memory().numTensors).toBe(before);
    for (const [i, numbers] of actual.entries()) {
      const scale = Math.max(1, ...(expected[i] as Float32Array).map(Math.abs));
      expect(maxDifference(numbers, expected[i] as Float32Array) / scale).toBeLessThan(2e-5);
    }
    const { nativeCalls, fallbacks } = backend.counters;
    for (const kernel of wanted.kernels) {
      expect(nativeCalls.get(kernel), kernel).toBeGreaterThan(0);
      expect(fallbacks.get(kernel), kernel).toBeUndefined();
    }
  });

  it.each<[number[]]>([[[5]], [[0, 5]], [[3, 0]], [[2, 1, 3]]])(
    "softmax and its logarithm of %j are those of cpu, NaN and infinity as well",
    async (shape) => {
      const size = shape.reduce((product: number, n) => product * n, 1);
      const rows = [
        Array.from({ length: size }, (_, i) => Math.sin(i)),
        Array.from({ length: size }, (_, i) => (i % 3 === 1 ? Number.NEGATIVE_INFINITY : i)),
        Array.from({ length: size }, (_, i) => (i % 4 === 3 ? Number.POSITIVE_INFINITY : -i)),
        Array.from({ length: size }, (_, i) => (i === 1 ? Number.NaN : i)),
      ];
      const compute = (): number[][] =>
        rows.flatMap((row) =>
          [tf.softmax, logSoftmax].map((op) =>
            tf.tidy(() => Array.from(op(tf.tensor(row, shape, "float32")).dataSync())),
          ),
        );
      await useBackend("cpu");
      const expected = compute();
      await usePoisonedNative();
      for (const [i, numbers] of compute().entries()) {
        const wanted = expected[i] as number[];
        expect(numbers.map(Number.isFinite)).toEqual(wanted.map(Number.isFinite));
        for (const [at, number] of numbers.entries())
          if (Number.isFinite(number)) expect(number).toBeCloseTo(wanted[at] as number, 5);
          else expect(number).toBe(wanted[at]);
      }
    },
  );
});

describe("refusals", () => {
  beforeAll(async () => {
    await usePoisonedNative();
  });

  const refused = (run: () => tf.Tensor): string => refusalOf(() => tf.tidy(run));

  it("name the kernel, the input and both shapes", () => {
    const kernel = (name: string, inputs: Record<string, tf.Tensor>, attrs = {}) =>
      refused(() => runFused(name, inputs, attrs)[0] as tf.Tensor);
    const x = tf.zeros([2, 3]);
    expect(kernel(LAYER_NORM, { x, gain: tf.zeros([4]) })).toBe(
      "ShapeError: GdiffLayerNorm: expected gain to be [3], got [4]",
    );
    expect(kernel(RMS_NORM, { x, gain: filled([3, 1]) })).toBe(
      "ShapeError: GdiffRmsNorm: expected gain to be [3], got [3, 1]",
    );
    expect(kernel(SILU_GATE, { a: x, b: tf.zeros([3]) })).toBe(
      "ShapeError: GdiffSiluGate: expected b to be [2, 3], got [3]",
    );
    const rows = { logits: tf.zeros([5, 4]), x0: tf.zeros([4], "int32"), weight: tf.zeros([5]) };
    expect(kernel(MASKED_CROSS_ENTROPY, rows)).toBe(
      "ShapeError: GdiffMaskedCrossEntropy: expected x0 to be [5], got [4]",
    );
  });

  it("are for the softmax of a scalar, as on cpu", () => {
    expect(refused(() => tf.softmax(tf.scalar(1)))).toBe(
      "ShapeError: Softmax: expected logits to be [..., width], got []",
    );
  });

  it("name an id that has no row of the table", () => {
    expect(refused(() => embedding(tf.tensor2d([[5, 6]], [1, 2], "int32"), tf.zeros([6, 3])))).toBe(
      "TypeError: native embeddingForward: expected every id to be at least 0 and below 6, " +
        "the rows of the table, got ids[1] = 6",
    );
  });
});
