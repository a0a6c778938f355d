/** The operations of convolutional networks on every backend: see expect-conforms.ts. */

import { beforeAll, describe, expect, it } from "vitest";
import { batchNorm, batchNormWith, runningStatistics } from "../../src/ops/batch-norm.ts";
import { conv1d } from "../../src/ops/conv1d.ts";
import { maxPool1d } from "../../src/ops/max-pool-1d.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import type { ParamTree } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { naiveBatchNorm, naiveChannelStatistics } from "../naive/batch-norm.ts";
import { naiveConv1d } from "../naive/conv1d.ts";
import { naiveMaxPool1d } from "../naive/max-pool-1d.ts";
import { ALL_BACKENDS, filled, useBackend } from "../support/backend.ts";
import { at, type Case, expectClose, expectConforms } from "./expect-conforms.ts";

type T1 = tf.Tensor1D;
type T3 = tf.Tensor3D;

/** batch, length, in, out, kernel; zeros of padding "same". */
const CONVOLUTIONS: readonly (readonly [string, number, number, number, number, number])[] = [
  ["valid", 2, 9, 3, 4, 3],
  ["valid, one output", 3, 4, 2, 5, 4],
  ["valid, a kernel of 1", 2, 3, 4, 1, 1],
  ["same, an odd kernel", 2, 6, 3, 2, 3],
  ["same, an even kernel", 2, 5, 1, 3, 4],
  ["same, a kernel longer than a sequence", 1, 2, 2, 3, 5],
];

function convolution([
  name,
  batch,
  length,
  width,
  out,
  kernel,
]: (typeof CONVOLUTIONS)[number]): Case {
  const isSame = name.startsWith("same");
  const left = isSame ? Math.floor((kernel - 1) / 2) : 0;
  const border = [left, isSame ? kernel - 1 - left : 0] as const;
  return {
    shapes: { x: [batch, length, width], weight: [out, width, kernel], bias: [out] },
    onBackend: ({ x, weight, bias }) =>
      conv1d(x as T3, weight as T3, bias as T1, isSame ? "same" : "valid"),
    naive: (args) =>
      naiveConv1d(at(args, "x"), at(args, "weight"), at(args, "bias"), {
        batch,
        length,
        in: width,
        out,
        kernel,
        border,
      }),
  };
}

const POOL = { length: 7, width: 3 };
const KNOWN = { mean: [0.5, -1, 0.25], variance: [2, 0.5, 0] };

const CASES: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    CONVOLUTIONS.map((shape) => [`conv1d, ${shape[0]}`, convolution(shape)] as const),
  ),
  "conv1d without bias": {
    shapes: { x: [1, 5, 2], weight: [3, 2, 2] },
    onBackend: ({ x, weight }) => conv1d(x as T3, weight as T3),
    naive: (args) =>
      naiveConv1d(at(args, "x"), at(args, "weight"), undefined, {
        batch: 1,
        length: 5,
        in: 2,
        out: 3,
        kernel: 2,
      }),
  },
  ...Object.fromEntries(
    [1, 2, 3, 7].map((window): [string, Case] => [
      `maxPool1d, windows of ${window}`,
      {
        shapes: { x: [2, POOL.length, POOL.width] },
        onBackend: ({ x }) => maxPool1d(x as T3, window),
        naive: (args) => naiveMaxPool1d(at(args, "x"), { ...POOL, window }),
      },
    ]),
  ),
  batchNorm: {
    shapes: { x: [3, 5, 4], gain: [4], bias: [4] },
    onBackend: ({ x, gain, bias }) => batchNorm(x as T3, gain as T1, bias as T1).y,
    naive: (args) => naiveBatchNorm(at(args, "x"), at(args, "gain"), at(args, "bias")),
  },
  "batchNorm with known statistics": {
    shapes: { x: [2, 3, 3], gain: [3], bias: [3] },
    onBackend: ({ x, gain, bias }) => {
      const statistics = { mean: tf.tensor1d(KNOWN.mean), variance: tf.tensor1d(KNOWN.variance) };
      return batchNormWith(statistics, tf.mul(x as T3, 0.01), gain as T1, bias as T1);
    },
    naive: (args) =>
      naiveBatchNorm(
        Array.from(at(args, "x"), (value) => 0.01 * value),
        at(args, "gain"),
        at(args, "bias"),
        KNOWN,
      ),
  },
};

/** What the gradient function of `op` gives for x when the output's gradient is 1, 2, 3 … */
async function gradientAt(x: T3, op: (x: T3) => tf.Tensor): Promise<number[]> {
  const { loss, grads } = lossAndGrads({ x }, (tracked) =>
    tf.tidy(() => {
      const y = op(tracked.x as T3);
      return tf.sum(tf.mul(y, tf.reshape(tf.range(1, y.size + 1), y.shape))) as tf.Scalar;
    }),
  );
  const gradient = Array.from(await (grads.x as tf.Tensor).data());
  tf.dispose([loss, grads.x as tf.Tensor]);
  return gradient;
}

describe.each(ALL_BACKENDS)("convolutional operations on %s", (backend) => {
  beforeAll(() => useBackend(backend));
  const hasEmpty = backend !== "webgpu"; // a GPU has no buffer of no bytes

  it.each(Object.keys(CASES))("%s: value and gradients", (name) =>
    expectConforms(CASES[name] as Case),
  );

  it("maxPool1d gives a gradient to the first of equal values alone", async () => {
    const x = tf.tensor3d([5, 5, 5, 0, 0, 1, 1, 1, 9], [1, 9, 1]);
    expect(await gradientAt(x, (tracked) => maxPool1d(tracked, 2))).toEqual([
      1, 0, 2, 0, 0, 3, 4, 0, 0,
    ]);
    expect(await gradientAt(x, (tracked) => maxPool1d(tracked, 3))).toEqual([
      1, 0, 0, 0, 0, 2, 0, 0, 3,
    ]);
    x.dispose();
  });

  it("maxPool1d shows a NaN wherever it stands, on wasm where it stands first", async () => {
    const x = tf.tensor3d([Number.NaN, 1, 2, Number.NaN, 3, 4], [1, 6, 1]);
    const y = tf.tidy(() => maxPool1d(x, 2));
    expect([...(await y.data())]).toEqual([Number.NaN, backend === "wasm" ? 2 : Number.NaN, 4]);
    tf.dispose([x, y]);
  });

  it("batchNorm tells the statistics that it took, and running ones follow them unbiased", async () => {
    const x = filled([3, 4, 2], 5) as T3;
    const { mean, variance } = naiveChannelStatistics(await x.data(), 2);
    const ones = tf.ones([2]) as T1;
    const { statistics } = batchNorm(x, ones, ones);
    expectClose(await statistics.mean.data(), mean, "mean");
    expectClose(await statistics.variance.data(), variance, "variance");
    const running = { mean: tf.tensor1d([3, -2]), variance: tf.tensor1d([1, 4]) };
    const next = runningStatistics(running, statistics, 12);
    expectClose(
      await next.mean.data(),
      mean.map((value, c) => 0.9 * ([3, -2][c] as number) + 0.1 * value),
      "running mean",
    );
    expectClose(
      await next.variance.data(),
      variance.map((value, c) => 0.9 * ([1, 4][c] as number) + (0.1 * value * 12) / 11),
      "running variance",
    );
    expect([...(await running.mean.data())]).toEqual([3, -2]);
  });

  it("batchNorm lets no gradient through the statistics that it tells", async () => {
    const x = filled([3, 4, 2], 5) as T3;
    const ones = tf.ones([2]) as T1;
    const gradientWith = (factor: number): Promise<number[]> =>
      gradientAt(x, (tracked) => {
        const { y, statistics } = batchNorm(tracked, ones, ones);
        const { mean, variance } = runningStatistics(statistics, statistics, 12);
        const told = tf.mul(tf.add(tf.sum(mean), tf.sum(variance)), factor);
        return tf.concat([tf.reshape(y, [-1]), tf.reshape(told, [1])]);
      });
    expect(await gradientWith(1000)).toEqual(await gradientWith(0));
    tf.dispose([x, ones]);
  });

  it.skipIf(!hasEmpty)(
    "convolutions and pools of no sequences are none, with gradients of 0 of what is there",
    async () => {
      const [x, weight, bias] = [tf.zeros([0, 5, 3]) as T3, filled([4, 3, 2]), filled([4])];
      const op = (args: ParamTree) =>
        maxPool1d(conv1d(args.x as T3, args.weight as T3, args.bias as T1), 2);
      const y = tf.tidy(() => op({ x, weight, bias }));
      expect(y.shape).toEqual([0, 2, 4]);
      const { loss, grads } = lossAndGrads({ x, weight, bias }, (args) => tf.sum(op(args)));
      expect((await loss.data())[0]).toBe(0);
      expect(grads.x?.shape).toEqual([0, 5, 3]);
      expect(new Set(await grads.weight?.data())).toEqual(new Set([0]));
      expect(new Set(await grads.bias?.data())).toEqual(new Set([0]));
      tf.dispose([x, weight, bias, y, loss, { ...grads }]);
    },
  );

  it.skipIf(!hasEmpty)("conv1d of no channels is its bias", async () => {
    const bias = filled([4]) as T1;
    const y = tf.tidy(() => conv1d(tf.zeros([2, 5, 0]), tf.zeros([4, 0, 2]), bias));
    expect(y.shape).toEqual([2, 4, 4]);
    const values = await bias.data();
    expect([...(await y.data())]).toEqual(Array.from({ length: 32 }, (_, i) => values[i % 4]));
    tf.dispose([bias, y]);
  });

  it("batchNorm keeps its digits far from zero", async () => {
    const noise = filled([2, 50, 3], 1);
    const x = tf.add(noise, 300) as T3; // 300 and its ulp of 3e-5
    const [gain, bias] = [tf.ones([3]) as T1, tf.zeros([3]) as T1];
    const y = await batchNorm(x, gain, bias).y.data();
    const expected = naiveBatchNorm(await x.data(), [1, 1, 1], [0, 0, 0]);
    for (const [i, value] of y.entries())
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-4);
  });
});

describe("running statistics refuse", () => {
  beforeAll(() => useBackend("cpu"));

  it("the variance of one value", () => {
    const one = tf.ones([3]) as T1;
    const statistics = { mean: one, variance: one };
    expect(() => runningStatistics(statistics, statistics, 1)).toThrow(
      "batchNorm: expected at least 2 values of each channel in a training batch, got 1: " +
        "take longer sequences or more of them",
    );
  });
});
