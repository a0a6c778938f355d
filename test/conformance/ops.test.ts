/**
 * What every backend must compute: each operation against plain float64 loops, and its gradients against central
 * differences of those loops.
 */

import { beforeAll, describe, expect, it } from "vitest";
import { denoiser } from "../../src/model/denoiser.ts";
import { paramShapes } from "../../src/model/param-shapes.ts";
import { adamW } from "../../src/ops/adamw.ts";
import { attention } from "../../src/ops/attention.ts";
import { embedding } from "../../src/ops/embedding.ts";
import { gelu } from "../../src/ops/gelu.ts";
import { globalNorm } from "../../src/ops/global-norm.ts";
import { layerNorm } from "../../src/ops/layer-norm.ts";
import { linear } from "../../src/ops/linear.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { meanPool } from "../../src/ops/mean-pool.ts";
import { rmsNorm } from "../../src/ops/rms-norm.ts";
import { rotary, rotaryTables } from "../../src/ops/rotary.ts";
import { siluGate } from "../../src/ops/silu-gate.ts";
import { tf } from "../../src/tensor/tf.ts";
import { naiveAdamW } from "../naive/adamw.ts";
import { naiveAttention } from "../naive/attention.ts";
import { naiveDenoiser } from "../naive/denoiser.ts";
import { naiveEmbedding } from "../naive/embedding.ts";
import { naiveGelu } from "../naive/gelu.ts";
import { naiveLayerNorm } from "../naive/layer-norm.ts";
import { naiveLinear } from "../naive/linear.ts";
import { naiveMaskedCrossEntropy } from "../naive/masked-cross-entropy.ts";
import { naiveMatMul } from "../naive/mat-mul.ts";
import { naiveMeanPool } from "../naive/mean-pool.ts";
import { naiveRmsNorm } from "../naive/rms-norm.ts";
import { naiveRotary } from "../naive/rotary.ts";
import { naiveSiluGate } from "../naive/silu-gate.ts";
import { naiveLogSoftmax } from "../naive/softmax.ts";
import { ALL_BACKENDS, filled, useBackend } from "../support/backend.ts";
import { at, type Case, expectClose, expectConforms, plainNumbers } from "./expect-conforms.ts";

const HEADS = { batch: 2, heads: 2, length: 5, headWidth: 4 };
const IDS = [0, 5, 3, 4, 1, 1, 2, 5];
const X0 = [0, 3, 4, 2, 1];
const WEIGHT = [0.5, 2, 0, 1.25, 0];
const LENGTHS = [3, 5];
const ADAMW_STEP = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.95,
  weightDecay: 0.1,
  gradientScale: 0.5,
  emaDecay: 0.75,
};
type Five = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

const CASES: Readonly<Record<string, Case>> = {
  "matMul, batched": {
    shapes: { a: [3, 4, 5], b: [3, 5, 2] },
    onBackend: ({ a, b }) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
    naive: (args) =>
      naiveMatMul(at(args, "a"), at(args, "b"), { batch: 3, rows: 4, inner: 5, columns: 2 }),
  },
  "matMul, both transposed": {
    shapes: { a: [5, 3], b: [2, 5] },
    onBackend: ({ a, b }) => tf.matMul(a as tf.Tensor, b as tf.Tensor, true, true),
    naive: (args) =>
      naiveMatMul(at(args, "a"), at(args, "b"), {
        batch: 1,
        rows: 3,
        inner: 5,
        columns: 2,
        transposeA: true,
        transposeB: true,
      }),
  },
  linear: {
    shapes: { x: [7, 3], weight: [5, 3], bias: [5] },
    onBackend: ({ x, weight, bias }) =>
      linear(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D),
    naive: (args) => naiveLinear(at(args, "x"), at(args, "weight"), at(args, "bias"), 3),
  },
  "linear without bias": {
    shapes: { x: [4, 6], weight: [1, 6] },
    onBackend: ({ x, weight }) => linear(x as tf.Tensor2D, weight as tf.Tensor2D),
    naive: (args) => naiveLinear(at(args, "x"), at(args, "weight"), undefined, 6),
  },
  layerNorm: {
    shapes: { x: [5, 8], gain: [8] },
    onBackend: ({ x, gain }) => layerNorm(x as tf.Tensor2D, gain as tf.Tensor1D),
    naive: (args) => naiveLayerNorm(at(args, "x"), at(args, "gain")),
  },
  rmsNorm: {
    shapes: { x: [5, 8], gain: [8] },
    onBackend: ({ x, gain }) => rmsNorm(x as tf.Tensor2D, gain as tf.Tensor1D),
    naive: (args) => naiveRmsNorm(at(args, "x"), at(args, "gain")),
  },
  siluGate: {
    shapes: { a: [6, 7], b: [6, 7] },
    onBackend: ({ a, b }) => siluGate(tf.mul(a as tf.Tensor, 6), b as tf.Tensor),
    naive: (args) =>
      naiveSiluGate(
        Array.from(at(args, "a"), (v) => 6 * v),
        at(args, "b"),
      ),
  },
  meanPool: {
    shapes: { x: [2, 5, 3] },
    onBackend: ({ x }) => meanPool(x as tf.Tensor3D, LENGTHS),
    naive: (args) => naiveMeanPool(at(args, "x"), LENGTHS, 5, 3),
  },
  softmax: {
    shapes: { x: [2, 3, 7] },
    onBackend: ({ x }) => tf.softmax(tf.mul(x as tf.Tensor, 3)),
    naive: (args) =>
      naiveLogSoftmax(
        Array.from(at(args, "x"), (v) => 3 * v),
        7,
      ).map(Math.exp),
  },
  logSoftmax: {
    shapes: { x: [4, 5] },
    onBackend: ({ x }) => tf.logSoftmax(x as tf.Tensor),
    naive: (args) => naiveLogSoftmax(at(args, "x"), 5),
  },
  gelu: {
    shapes: { x: [6, 7] },
    onBackend: ({ x }) => gelu(tf.mul(x as tf.Tensor, 6)), // where it bends and where it is straight
    naive: (args) => naiveGelu(Array.from(at(args, "x"), (v) => 6 * v)),
  },
  rotary: {
    shapes: { x: [2, 2, 5, 4] },
    onBackend: ({ x }) => rotary(x as tf.Tensor4D, rotaryTables(5, 4)),
    naive: (args) => naiveRotary(at(args, "x"), 5, 4),
  },
  attention: {
    shapes: { q: [2, 2, 5, 4], k: [2, 2, 5, 4], v: [2, 2, 5, 4] },
    onBackend: ({ q, k, v }) =>
      attention(tf.mul(q as tf.Tensor4D, 5), k as tf.Tensor4D, v as tf.Tensor4D),
    naive: (args) =>
      naiveAttention(
        Array.from(at(args, "q"), (value) => 5 * value),
        at(args, "k"),
        at(args, "v"),
        HEADS,
      ),
  },
  "attention with padding": {
    shapes: { q: [2, 2, 5, 4], k: [2, 2, 5, 4], v: [2, 2, 5, 4] },
    onBackend: ({ q, k, v }) =>
      attention(q as tf.Tensor4D, k as tf.Tensor4D, v as tf.Tensor4D, { lengths: LENGTHS }),
    naive: (args) =>
      naiveAttention(at(args, "q"), at(args, "k"), at(args, "v"), { ...HEADS, lengths: LENGTHS }),
  },
  embedding: {
    shapes: { table: [6, 5] },
    onBackend: ({ table }) => embedding(tf.tensor2d(IDS, [2, 4], "int32"), table as tf.Tensor2D),
    naive: (args) => naiveEmbedding(IDS, at(args, "table"), 5),
  },
  maskedCrossEntropy: {
    shapes: { logits: [5, 4] },
    onBackend: ({ logits }) =>
      maskedCrossEntropy(logits as tf.Tensor2D, tf.tensor1d(X0, "int32"), tf.tensor1d(WEIGHT)),
    naive: (args) => [naiveMaskedCrossEntropy(at(args, "logits"), X0, WEIGHT)],
  },
};

describe.each(ALL_BACKENDS)("operations on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(Object.keys(CASES))("%s: value and gradients", (name) =>
    expectConforms(CASES[name] as Case),
  );

  it("a whole denoiser with padding: loss and the gradient of every parameter", async () => {
    const config = { width: 8, layers: 1, heads: 2 };
    const shape = { ...config, batch: 2, length: 5, lengths: [4, 5] };
    const ids = [0, 5, 2, 5, 1, 5, 3, 5, 4, 2];
    const x0 = [0, 1, 2, 3, 1, 2, 3, 0, 4, 2];
    const weight = [0, 0.3, 0, 0.7, 0, 0.2, 0, 0.4, 0, 0];
    await expectConforms({
      shapes: paramShapes(config) as Case["shapes"],
      onBackend: (params) => {
        const input = tf.tensor2d(ids, [2, 5], "int32");
        const logits = tf.reshape(
          denoiser(
            params,
            config,
            input,
            shape.lengths === undefined ? {} : { lengths: shape.lengths },
          ),
          [-1, 4],
        );
        return maskedCrossEntropy(
          logits as tf.Tensor2D,
          tf.tensor1d(x0, "int32"),
          tf.tensor1d(weight),
        );
      },
      naive: (params) => [naiveMaskedCrossEntropy(naiveDenoiser(params, ids, shape), x0, weight)],
    });
  });

  it("adamW: the parameter, both moments and the average, in the first updates and late", async () => {
    const names = ["param", "grad", "mu", "nu", "ema"] as const;
    for (const [count, shape] of [
      [1, [3, 4]],
      [2, [1]],
      [1000, [37]],
    ] as const) {
      const step = { ...ADAMW_STEP, count };
      const [param, grad, mu, root, ema] = names.map((_, i) => filled([...shape], i)) as Five;
      const nu = tf.square(root);
      const start = await plainNumbers({ param, grad, mu, nu, ema });
      const { numTensors } = tf.memory();
      const next = adamW({ param, mu, nu, ema }, grad, step);
      expect(tf.memory().numTensors).toBe(numTensors + 1); // the norm
      for (const tensor of [param, mu, nu, ema]) expect(tensor.isDisposed).toBe(true);
      const naive = Array.from({ length: grad.size }, (_, i) => {
        const [p = 0, g = 0, m = 0, n = 0, e = 0] = names.map((name) => start[name]?.[i]);
        const [nextP, nextM, nextN] = naiveAdamW(p, g, m, n, step);
        return { param: nextP, mu: nextM, nu: nextN, ema: 0.75 * e + 0.25 * nextP };
      });
      for (const name of ["param", "mu", "nu", "ema"] as const) {
        const expected = naive.map((four) => four[name]);
        expectClose(await next[name].data(), expected, `${name} at ${count}`);
      }
      const norm = Math.hypot(...naive.map((four) => four.param));
      expectClose(await next.norm.data(), [norm], `norm at ${count}`);
      tf.dispose([grad, root, ...Object.values(next)]);
    }
  });

  it("globalNorm: the Euclidean norm over all tensors", async () => {
    const norm = globalNorm({
      a: tf.tensor2d([
        [1, 2],
        [2, 4],
      ]),
      b: tf.scalar(12),
      c: tf.tensor1d([0]),
    });
    expect((await norm.data())[0]).toBe(13);
  });
});
