/** The programs in WGSL beside the compositions on `cpu`, at sizes that do not fit into workgroups. */

import { beforeEach, describe, expect, it } from "vitest";
import { webGpuRuns } from "../../../src/backends/webgpu/backend.ts";
import { adamW } from "../../../src/ops/adamw.ts";
import { attention } from "../../../src/ops/attention.ts";
import type { AttentionPattern } from "../../../src/ops/attention-pattern.ts";
import { gelu } from "../../../src/ops/gelu.ts";
import { globalNorm } from "../../../src/ops/global-norm.ts";
import { layerNorm } from "../../../src/ops/layer-norm.ts";
import { maskedCrossEntropy } from "../../../src/ops/masked-cross-entropy.ts";
import { rotary, rotaryTables } from "../../../src/ops/rotary.ts";
import { lossAndGrads } from "../../../src/tensor/backward.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { filled, maxDifference, useBackend } from "../../support/backend.ts";
import { hasWebGpu } from "../../support/optional-backends.ts";

type Op = (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;

/** The output, and the gradients of Σ weight · output. */
async function valuesOf(shapes: Readonly<Record<string, number[]>>, op: Op) {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], salt) => [name, filled(shape, salt)]),
  );
  const value = tf.tidy(() => op(inputs));
  const { loss, grads } = lossAndGrads(inputs, (tracked) =>
    tf.tidy(() => {
      const out = op(tracked);
      return tf.sum(tf.mul(out, filled(out.shape, 9))) as tf.Scalar;
    }),
  );
  const tensors = { value, ...grads };
  const arrays = new Map<string, ArrayLike<number>>();
  for (const [name, tensor] of Object.entries(tensors)) arrays.set(name, await tensor.data());
  tf.dispose([loss, Object.values(inputs), Object.values(tensors)]);
  return arrays;
}

/** Holds the backend webgpu against cpu, and that its own program computed it. */
async function expectAsOnCpu(
  program: RegExp,
  shapes: Readonly<Record<string, number[]>>,
  op: Op,
): Promise<void> {
  await useBackend("cpu");
  const expected = await valuesOf(shapes, op);
  await useBackend("webgpu");
  const { numTensors } = tf.memory();
  const actual = await valuesOf(shapes, op);
  expect(tf.memory().numTensors).toBe(numTensors);
  for (const [name, values] of expected) {
    const most = Math.max(...Array.from(values, Math.abs)) || 1;
    expect(maxDifference(actual.get(name) ?? [], values) / most, name).toBeLessThan(1e-5);
  }
  expect([...(webGpuRuns() ?? new Map()).keys()].filter((name) => program.test(name))).not.toEqual(
    [],
  );
}

const PATTERNS: readonly (AttentionPattern & { readonly lengths?: readonly number[] })[] = [
  { kind: "full" },
  { kind: "full", lengths: [19, 4] },
  { kind: "causal" },
  { kind: "causal", lengths: [20, 2] },
  { kind: "blocks", block: 6 },
  { kind: "doubled-blocks", block: 4, lengths: [7, 10] },
];

describe.skipIf(!hasWebGpu)("programs of webgpu", () => {
  it.each(PATTERNS)("attention, %j", (pattern) => {
    const { lengths } = pattern;
    const shape = [2, 3, 20, 6];
    return expectAsOnCpu(
      /^gdiffAttentionGradKV_/,
      { q: shape, k: shape, v: shape },
      ({ q, k, v }) =>
        attention(q as tf.Tensor4D, k as tf.Tensor4D, v as tf.Tensor4D, {
          pattern,
          ...(lengths === undefined ? {} : { lengths }),
        }),
    );
  });

  it("attention of few queries to the keys of a cache before them", () => {
    const shapes = { q: [1, 2, 3, 8], k: [1, 2, 70, 8], v: [1, 2, 70, 8] };
    return expectAsOnCpu(/^gdiffAttentionKept_causal8$/, shapes, ({ q, k, v }) =>
      attention(q as tf.Tensor4D, k as tf.Tensor4D, v as tf.Tensor4D, {
        pattern: { kind: "causal", offset: 67 },
      }),
    );
  });

  it.each([
    [70, 130],
    [1, 1],
    [129, 63],
  ])("layerNorm of %i rows of %i", (rows, width) =>
    expectAsOnCpu(/^gdiffLayerNormGainPartials$/, { x: [rows, width], gain: [width] }, (inputs) =>
      layerNorm(inputs.x as tf.Tensor2D, inputs.gain as tf.Tensor1D),
    ),
  );

  it("layerNorm of more rows than one dimension of workgroups takes", async () => {
    await useBackend("webgpu");
    const rows = 65_540;
    const x = tf.tensor2d(
      Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2) * (i % 7)),
      [rows, 2],
    );
    const y = layerNorm(x, tf.tensor1d([1, 1]));
    const values = await y.data();
    for (const row of [0, 1, 65_535, 65_536, rows - 1]) {
      const half = ((2 * row + 1) % 7) / 2; // from the mean
      const expected = half / Math.sqrt(half * half + 1e-5);
      expect(values[2 * row], `row ${row}`).toBeCloseTo(-expected, 5);
      expect(values[2 * row + 1], `row ${row}`).toBeCloseTo(expected, 5);
    }
    tf.dispose([x, y]);
  });

  it("gelu far from zero too", () =>
    expectAsOnCpu(/^gdiffGeluGradient$/, { x: [9, 33] }, ({ x }) =>
      gelu(tf.mul(x as tf.Tensor, 6)),
    ));

  it("rotary of three heads", () =>
    expectAsOnCpu(/^gdiffRotary$/, { x: [2, 3, 7, 6] }, ({ x }) =>
      rotary(x as tf.Tensor4D, rotaryTables(7, 6)),
    ));

  it("maskedCrossEntropy of more rows than a workgroup has", () =>
    expectAsOnCpu(/^gdiffCrossEntropyGradient$/, { logits: [201, 4] }, ({ logits }) => {
      const ids = Array.from({ length: 201 }, (_, row) => row % 6); // 4 and 5 are no classes, and weigh nothing
      const weights = ids.map((id, row) => (id > 3 ? 0 : 1 + (row % 3)));
      return maskedCrossEntropy(
        logits as tf.Tensor2D,
        tf.tensor1d(ids, "int32"),
        tf.tensor1d(weights),
      );
    }));

  describe("the optimiser", () => {
    beforeEach(() => useBackend("webgpu"));

    it("updates more numbers than one workgroup sums", async () => {
      const step = {
        ...{ learningRate: 0.01, beta1: 0.9, beta2: 0.95, weightDecay: 0.1, count: 3 },
        ...{ gradientScale: 0.5, emaDecay: 0.75 },
      };
      const update = async (): Promise<ArrayLike<number>[]> => {
        const [param, mu, ema, grad] = [1, 2, 3, 4].map((salt) => filled([91, 97], salt)) as [
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        const nu = tf.tidy(() => tf.square(filled([91, 97], 5)));
        const { norm, ...next } = adamW({ param, mu, nu, ema }, grad, step);
        const values = await Promise.all([...Object.values(next), norm].map((one) => one.data()));
        tf.dispose([...Object.values(next), norm, grad]);
        return values;
      };
      const actual = await update();
      await useBackend("cpu");
      for (const [i, values] of (await update()).entries())
        expect(maxDifference(actual[i] ?? [], values), `output ${i}`).toBeLessThan(
          i === 4 ? 1e-4 : 1e-6, // the norm is 58
        );
    });

    it("takes the norm of more tensors than a program may read", async () => {
      const tree = Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`tensor ${i}`, tf.fill([i + 1, 50], i - 20)]),
      );
      const norm = globalNorm(tree);
      let squares = 0;
      for (let i = 0; i < 40; i++) squares += (i + 1) * 50 * (i - 20) ** 2;
      expect(((await norm.data())[0] as number) / Math.sqrt(squares)).toBeCloseTo(1, 6);
      tf.dispose([norm, ...Object.values(tree)]);
    });
  });
});
