/** Attention and rotary embedding as models call them: the engine's kernels against float64 loops, with gradients. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../../src/backends/native/start.ts";
import { attention } from "../../../src/ops/attention.ts";
import type { AttentionPattern } from "../../../src/ops/attention-pattern.ts";
import { attentionSublayer } from "../../../src/ops/attention-sublayer.ts";
import { rotary, rotaryTables } from "../../../src/ops/rotary.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { naiveRotary } from "../../naive/rotary.ts";
import { filled, maxDifference, useBackend } from "../../support/backend.ts";

const PATTERNS: readonly (AttentionPattern & { readonly lengths?: readonly number[] })[] = [
  { kind: "full" },
  { kind: "full", lengths: [19, 4] },
  { kind: "causal" },
  { kind: "causal", offset: 3, lengths: [20, 2] },
  { kind: "blocks", block: 6, offset: 1 },
  { kind: "doubled-blocks", block: 4, lengths: [7, 10] },
];

/** Outputs and gradients of Σ weight · attention, as arrays. */
function attended(pattern: (typeof PATTERNS)[number]): Float32Array[] {
  const { lengths } = pattern;
  return tf.tidy(() => {
    const inputs = [1, 2, 3].map((salt) => filled([2, 3, 20, 6], salt) as tf.Tensor4D);
    const weight = filled([2, 3, 20, 6], 4);
    const run = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor): tf.Tensor =>
      attention(q as tf.Tensor4D, k as tf.Tensor4D, v as tf.Tensor4D, {
        pattern,
        ...(lengths === undefined ? {} : { lengths }),
      });
    const grads = tf.grads((q, k, v) =>
      tf.sum(tf.mul(run(q as tf.Tensor, k as tf.Tensor, v as tf.Tensor), weight)),
    )(inputs);
    const [q, k, v] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    return [run(q, k, v), ...grads].map((x) => x.dataSync() as Float32Array);
  });
}

describe("attention on native", () => {
  it.each(PATTERNS)(
    "%j gives what the composition gives on cpu, and its gradients",
    async (pattern) => {
      await useBackend("cpu");
      const expected = attended(pattern);
      await startNative("fp32");
      const before = tf.memory().numTensors;
      const actual = attended(pattern);
      expect(tf.memory().numTensors).toBe(before);
      for (const [i, values] of actual.entries())
        expect(maxDifference(values, expected[i] as Float32Array)).toBeLessThan(3e-6);
      await startNative("bf16");
      for (const [i, values] of attended(pattern).entries())
        expect(maxDifference(values, expected[i] as Float32Array)).toBeLessThan(4e-2);
    },
  );
});

/** Uniform in [−scale, scale), without the order that sines of an index have: sums of many do not cancel or grow. */
function scattered(shape: number[], salt: number, scale: number): tf.Tensor {
  const mix = (i: number): number =>
    Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (salt * 0x85ebca6b), 0xc2b2ae35);
  const values = Float32Array.from({ length: shape.reduce((n, m) => n * m, 1) }, (_, i) => {
    const bits = mix(i);
    return scale * ((mix(bits ^ (bits >>> 15)) >>> 8) / 2 ** 23 - 1);
  });
  return tf.tensor(values, shape);
}

/** The sublayer's output and gradients, as arrays. */
function sublayer(lengths: readonly number[]): Float32Array[] {
  const [batch, length, heads, headWidth] = [2, 65, 3, 32];
  const width = heads * headWidth;
  return tf.tidy(() => {
    const tables = rotaryTables(length, headWidth);
    const inputs = [
      scattered([batch * length, width], 1, 1),
      tf.add(scattered([width], 2, 0.5), 1),
      scattered([3 * width, width], 3, 0.3),
      scattered([width, width], 4, 0.2),
    ];
    const weight = scattered([batch * length, width], 5, 1);
    const run = (...[x, gain, qkv, out]: tf.Tensor[]): tf.Tensor =>
      attentionSublayer(
        x as tf.Tensor2D,
        { gain: gain as tf.Tensor1D, qkv: qkv as tf.Tensor2D, out: out as tf.Tensor2D },
        { batch, length, heads, tables, lengths },
      );
    const grads = tf.grads((...args) => tf.sum(tf.mul(run(...args), weight)))(inputs);
    return [run(...inputs), ...grads].map((x) => x.dataSync() as Float32Array);
  });
}

describe("the attention sublayer on native", () => {
  it("gives what the composition gives on cpu, and its gradients", async () => {
    await useBackend("cpu");
    const expected = sublayer([65, 40]);
    for (const [precision, tolerance] of [
      ["fp32", 5e-6],
      ["bf16", 3e-2],
    ] as const) {
      await startNative(precision);
      const before = tf.memory().numTensors;
      const actual = sublayer([65, 40]);
      expect(tf.memory().numTensors).toBe(before);
      for (const [i, values] of actual.entries()) {
        const most = (expected[i] as Float32Array).reduce((m, x) => Math.max(m, Math.abs(x)), 0);
        expect(maxDifference(values, expected[i] as Float32Array) / most, `${i}`).toBeLessThan(
          tolerance,
        );
      }
    }
  });
});

describe("rotary on native", () => {
  beforeAll(() => startNative("fp32"));
  afterAll(() => tf.removeBackend("native"));

  it.each([
    [1, 2],
    [5, 6],
    [33, 32],
    [70, 64],
  ])(
    "length %i, head width %i: the loops' rotation, and its gradient turns back",
    (length, headWidth) => {
      tf.tidy(() => {
        const x = filled([2, 3, length, headWidth], 1) as tf.Tensor4D;
        const dy = filled([2, 3, length, headWidth], 2) as tf.Tensor4D;
        const tables = rotaryTables(length, headWidth);
        const expected = naiveRotary(x.dataSync(), length, headWidth);
        expect(maxDifference(rotary(x, tables).dataSync(), expected)).toBeLessThan(3e-7);
        const dx = tf.grad((value) => rotary(value as tf.Tensor4D, tables))(x, dy);
        // ⟨dy, R x⟩ = ⟨Rᵀ dy, x⟩ and R Rᵀ = 1
        const turned = naiveRotary(dx.dataSync(), length, headWidth);
        expect(maxDifference(turned, dy.dataSync())).toBeLessThan(1e-6);
      });
    },
  );
});
