/** Shapes that do not fit, which one backend would broadcast and another read past: refused on all of them alike. */

import { beforeAll, describe, expect, it } from "vitest";
import { attention } from "../../src/ops/attention.ts";
import { attentionSublayer } from "../../src/ops/attention-sublayer.ts";
import { batchNorm, batchNormWith } from "../../src/ops/batch-norm.ts";
import { classCrossEntropy } from "../../src/ops/class-cross-entropy.ts";
import { conv1d } from "../../src/ops/conv1d.ts";
import { layerNorm } from "../../src/ops/layer-norm.ts";
import { linear } from "../../src/ops/linear.ts";
import { maskedCrossEntropy } from "../../src/ops/masked-cross-entropy.ts";
import { maxPool1d } from "../../src/ops/max-pool-1d.ts";
import { meanPool } from "../../src/ops/mean-pool.ts";
import { rmsNorm } from "../../src/ops/rms-norm.ts";
import { rotaryTables } from "../../src/ops/rotary.ts";
import { siluGate } from "../../src/ops/silu-gate.ts";
import { tf } from "../../src/tensor/tf.ts";
import { ALL_BACKENDS, useBackend } from "../support/backend.ts";

const x3 = (): tf.Tensor3D => tf.ones([2, 5, 3]);
const weight = (): tf.Tensor3D => tf.ones([4, 3, 2]);
const of = (size: number): tf.Tensor1D => tf.ones([size]);

/** Attention of 2 rows of 4 positions, and of 4 = 2 · 2 where they are doubled. */
function attend(lengths: readonly number[], kind: "full" | "doubled-blocks" = "full"): tf.Tensor {
  const x: tf.Tensor4D = tf.ones([2, 1, 4, 2]);
  const pattern = kind === "full" ? { kind } : { kind, block: 1 };
  return attention(x, x, x, { lengths, pattern });
}

function sublayer(lengths: readonly number[]): tf.Tensor {
  const weights = { gain: of(2), qkv: tf.ones([6, 2]) as tf.Tensor2D, out: tf.eye(2) };
  const shape = { batch: 2, length: 4, heads: 1, tables: rotaryTables(4, 2), lengths };
  return attentionSublayer(tf.ones([8, 2]), weights, shape);
}

const lengthOf = (name: string, most: number, got: number): string =>
  `${name}: expected lengths[1] to be an integer in 1 … ${most}, got ${got}`;

const REFUSED: readonly (readonly [call: () => tf.Tensor, message: string])[] = [
  [
    () => conv1d(x3(), tf.ones([4, 2, 3])),
    "conv1d: expected a weight [out, 3, kernel] with a kernel of 1 … 5, the positions of x with its padding, got [4, 2, 3]",
  ],
  [() => conv1d(x3(), tf.ones([4, 3, 6])), "with a kernel of 1 … 5"],
  [() => conv1d(x3(), tf.ones([4, 3, 0])), "with a kernel of 1 … 5"],
  [() => conv1d(x3(), tf.ones([4, 3, 0]), undefined, "same"), "with a kernel of 1 … 5"],
  [() => conv1d(tf.ones([2, 0, 3]), weight(), undefined, "same"), "with a kernel of 1 … 1"],
  [() => conv1d(x3(), weight(), of(1)), "conv1d: expected bias to be [4], got [1]"],
  ...[0, 6, 1.5].map(
    (window) =>
      [
        () => maxPool1d(x3(), window),
        `maxPool1d: expected a window that is an integer in 1 … 5, got ${window}`,
      ] as const,
  ),
  [
    () => batchNorm(tf.ones([1, 1, 3]), of(3), of(3)).y,
    "batchNorm: expected at least 2 values of each channel in a training batch, got 1: " +
      "take longer sequences or more of them",
  ],
  [() => batchNorm(x3(), of(1), of(3)).y, "batchNorm: expected gain to be [3], got [1]"],
  [() => batchNorm(x3(), of(3), of(1)).y, "batchNorm: expected bias to be [3], got [1]"],
  [
    () => batchNormWith({ mean: of(1), variance: of(3) }, x3(), of(3), of(3)),
    "batchNormWith: expected mean to be [3], got [1]",
  ],
  [
    () => batchNormWith({ mean: of(3), variance: of(1) }, x3(), of(3), of(3)),
    "batchNormWith: expected variance to be [3], got [1]",
  ],
  [
    () => classCrossEntropy(tf.ones([2, 3]), tf.ones([1, 3]), of(2)),
    "classCrossEntropy: expected targets to be [2, 3], got [1, 3]",
  ],
  [
    () => classCrossEntropy(tf.ones([2, 3]), tf.ones([2, 3]), of(1)),
    "classCrossEntropy: expected weights to be [2], got [1]",
  ],
  [
    () => maskedCrossEntropy(tf.ones([2, 4]), tf.zeros([1], "int32"), of(1)),
    "maskedCrossEntropy: expected x0 to be [2], got [1]",
  ],
  [
    () => maskedCrossEntropy(tf.ones([2, 4]), tf.zeros([2], "int32"), of(1)),
    "maskedCrossEntropy: expected weight to be [2], got [1]",
  ],
  [() => linear(tf.ones([2, 3]), tf.ones([4, 3]), of(1)), "linear: expected bias to be [4]"],
  [() => linear(tf.ones([2, 3]), tf.ones([4, 2])), "linear: expected weight to be [out, 3]"],
  [() => layerNorm(tf.ones([2, 3]), of(1)), "layerNorm: expected gain to be [3], got [1]"],
  [() => rmsNorm(tf.ones([2, 3]), of(1)), "rmsNorm: expected gain to be [3], got [1]"],
  [() => siluGate<tf.Tensor>(tf.ones([2, 3]), of(3)), "siluGate: expected b to be [2, 3], got [3]"],
  [() => meanPool(x3(), [5]), "meanPool: expected one length for each of 2 rows, got 1"],
  [() => attend([4]), "attention: expected one length for each of 2 rows, got 1"],
  [() => attend([4, 4, 4]), "attention: expected one length for each of 2 rows, got 3"],
  [() => attend([2, 3], "doubled-blocks"), lengthOf("attention", 2, 3)],
  ...[0, 6, 1.5].map(
    (length) => [() => meanPool(x3(), [5, length]), lengthOf("meanPool", 5, length)] as const,
  ),
  ...[0, 5, 1.5].flatMap((length) =>
    [attend, sublayer].map(
      (run) => [() => run([4, length]), lengthOf("attention", 4, length)] as const,
    ),
  ),
];

describe.each(ALL_BACKENDS)("operations on %s refuse", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(REFUSED.map(([call, message], i) => ({ i, message, call })))(
    "$i: $message",
    ({ call, message }) => {
      expect(() => tf.tidy(call)).toThrow(
        expect.objectContaining({ name: "ShapeError", message: expect.stringContaining(message) }),
      );
    },
  );
});
