/** Kernels of convolutional networks: every instruction set and thread count against float64 loops. */

import { expect, it } from "vitest";
import { naiveBatchNorm, naiveChannelStatistics } from "../../naive/batch-norm.ts";
import { naiveBfloat16 } from "../../naive/bfloat16.ts";
import { centralDifferences } from "../../naive/central-differences.ts";
import { type NaiveConv1d, naiveConv1d } from "../../naive/conv1d.ts";
import { naiveMaxPool1d } from "../../naive/max-pool-1d.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  computed,
  describeEachInstructionSet,
  dot,
  poisoned,
  refusalOf,
  sameBits,
  values,
} from "./support.ts";

type Five = readonly [number, number, number, number, number];
type Four = readonly [number, number, number, number];

/** Batch, length, in, out, kernel: one of each, primes, edges of tiles, no sequence, the whole sequence. */
const CONVOLUTIONS: readonly Five[] = [
  [1, 1, 1, 1, 1],
  [3, 11, 5, 7, 4],
  [2, 33, 17, 16, 8],
  [2, 40, 100, 16, 8],
  [1, 6, 3, 65, 6],
  [4, 130, 4, 3, 2],
  [0, 5, 2, 3, 2],
];

function convolution([batch, length, width, out, kernel]: Five) {
  const shape: NaiveConv1d = { batch, length, in: width, out, kernel };
  return {
    shape,
    x: values(batch * length * width, 1),
    weight: values(out * width * kernel, 2),
    bias: values(out, 3),
    dy: values(batch * (length - kernel + 1) * out, 4),
  };
}

describeEachInstructionSet("convolution along positions", () => {
  for (const sizes of CONVOLUTIONS) {
    it.each([false, true])(`of [${sizes}], bfloat16 %s`, (bf16) => {
      const { shape, x, weight, bias, dy } = convolution(sizes);
      const operand = (array: Float32Array) => (bf16 ? naiveBfloat16(array) : array);
      const [y] = computed([dy.length], (to) =>
        binding.conv1dForward(...sizes, x, weight, bias, to, bf16),
      );
      expect(maxDifference(y, naiveConv1d(operand(x), operand(weight), bias, shape))).toBeLessThan(
        5e-5,
      );
      const [bare] = computed([dy.length], (to) =>
        binding.conv1dForward(...sizes, x, weight, undefined, to, bf16),
      );
      const { out } = shape;
      expect(
        maxDifference(
          bare.map((v, i) => v + (bias[i % out] ?? 0)),
          y,
        ),
      ).toBeLessThan(1e-5);
      const [dx] = computed([x.length], (to) =>
        binding.conv1dInputGradient(...sizes, weight, dy, to, bf16),
      );
      const [dWeight] = computed([weight.length], (to) =>
        binding.conv1dWeightGradient(...sizes, x, dy, to, bf16),
      );
      const slopes = operand(dy);
      const wantedX = adjoint(x.length, dy.length, shape, (p) => [p.x, p.y, p.weight], {
        other: operand(weight),
        dy: slopes,
      });
      expect(maxDifference(dx, wantedX)).toBeLessThan(5e-5);
      const wantedWeight = adjoint(weight.length, dy.length, shape, (p) => [p.weight, p.y, p.x], {
        other: operand(x),
        dy: slopes,
      });
      expect(maxDifference(dWeight, wantedWeight)).toBeLessThan(2e-4);
    });
  }

  it("of a sequence does not depend on the batch around it", () => {
    const { x, weight, bias } = convolution([4, 130, 4, 3, 2]);
    const [all] = computed([4 * 129 * 3], (to) =>
      binding.conv1dForward(4, 130, 4, 3, 2, x, weight, bias, to, false),
    );
    for (let b = 0; b < 4; b++) {
      const [one] = computed([129 * 3], (to) =>
        binding.conv1dForward(1, 130, 4, 3, 2, x.slice(b * 520), weight, bias, to, false),
      );
      expect(sameBits(one, all.slice(b * 387, (b + 1) * 387))).toBe(true);
    }
  });

  it.each<Four>([
    [1, 1, 1, 1],
    [3, 7, 5, 2],
    [2, 9, 17, 3],
    [70, 501, 2, 2],
    [0, 4, 3, 2],
  ])("largest of windows: batch %i, length %i, width %i, window %i", (...sizes) => {
    const [batch, length, width, window] = sizes;
    const x = values(batch * length * width, 5);
    const shape = { length, width, window };
    const wanted = naiveMaxPool1d(x, shape);
    const [out] = computed([wanted.length], (to) => binding.maxPoolForward(...sizes, x, to));
    expect(maxDifference(out, wanted)).toBe(0);
    const dy = values(out.length, 6);
    const [dx] = computed([x.length], (to) => binding.maxPoolBackward(...sizes, x, dy, to));
    // Each slope stands at a value that is its window's largest; all others are 0.
    const expected = new Float64Array(x.length);
    for (const [at, largest] of wanted.entries()) {
      const b = Math.floor(at / width / Math.floor(length / window));
      const w = Math.floor(at / width) % Math.floor(length / window);
      for (let tap = 0; tap < window; tap++) {
        const place = (b * length + w * window + tap) * width + (at % width);
        if (x[place] === Math.fround(largest)) expected[place] = dy[at] as number;
      }
    }
    expect(maxDifference(dx, expected)).toBe(0);
  });

  it.each([
    [1, 3],
    [2, 1],
    [37, 5],
    [255, 16],
    [1025, 4],
  ] as const)("batch norm of %i rows, %i channels", (rows, channels) => {
    const x = values(rows * channels, 7).map((value) => value + 3);
    const [gain, bias] = [values(channels, 8), values(channels, 9)];
    const [y, mean, variance] = computed(
      [x.length, channels, channels],
      (toY, toMean, toVariance) =>
        binding.batchNormForward(rows, channels, x, gain, bias, toY, toMean, toVariance, 1e-5),
    );
    expect(maxDifference(y, naiveBatchNorm(x, gain, bias))).toBeLessThan(rows === 1 ? 1e-6 : 2e-5);
    const statistics = naiveChannelStatistics(x, channels);
    expect(maxDifference(mean, statistics.mean)).toBeLessThan(1e-6);
    expect(maxDifference(variance, statistics.variance)).toBeLessThan(1e-6);
    if (rows === 1 || rows > 300) return; // no variance to divide by; differences of every value take too long
    const dy = values(x.length, 10);
    const [dx, dGain, dBias] = computed([x.length, channels, channels], (toX, toGain, toBias) =>
      binding.batchNormBackward(
        rows,
        channels,
        x,
        gain,
        mean,
        variance,
        dy,
        toX,
        toGain,
        toBias,
        1e-5,
      ),
    );
    const few = Math.min(x.length, 40);
    const differences = centralDifferences(
      (head) => {
        const changed = Float64Array.from(x);
        changed.set(head);
        return dot(naiveBatchNorm(changed, gain, bias), dy);
      },
      x.subarray(0, few),
    );
    expect(maxDifference(dx.subarray(0, few), differences)).toBeLessThan(2e-5);
    const ofGain = centralDifferences((g) => dot(naiveBatchNorm(x, g, bias), dy), gain);
    expect(maxDifference(dGain, ofGain)).toBeLessThan(1e-4);
    const ofBias = centralDifferences((b) => dot(naiveBatchNorm(x, gain, b), dy), bias);
    expect(maxDifference(dBias, ofBias)).toBeLessThan(1e-4);
  });
});

/** Places of x, weight and y that meet in one product of a convolution. */
interface Meeting {
  readonly x: number;
  readonly weight: number;
  readonly y: number;
}

/** Sums dy · other over all products, at the place that `places` names first. */
function adjoint(
  size: number,
  outputs: number,
  { length, in: width, out, kernel }: NaiveConv1d,
  places: (meeting: Meeting) => readonly [to: number, dy: number, other: number],
  given: { readonly other: ArrayLike<number>; readonly dy: ArrayLike<number> },
): Float64Array {
  const total = new Float64Array(size);
  const positions = length - kernel + 1;
  for (let y = 0; y < outputs; y++) {
    const [o, row] = [y % out, Math.floor(y / out)];
    const [p, b] = [row % positions, Math.floor(row / positions)];
    for (let tap = 0; tap < kernel; tap++)
      for (let i = 0; i < width; i++) {
        const x = (b * length + p + tap) * width + i;
        const [to, dy, other] = places({ x, weight: (o * width + i) * kernel + tap, y });
        total[to] =
          (total[to] as number) + (given.dy[dy] as number) * (given.other[other] as number);
      }
  }
  return total;
}

it("refuses what has no output", () => {
  const [a, b, c] = [values(60, 1), values(60, 2), poisoned(60)];
  const kernel = "expected a kernel in 1 … 4, the positions of a sequence, got";
  expect(refusalOf(() => binding.conv1dForward(1, 4, 2, 2, 5, a, b, undefined, c, false))).toBe(
    `TypeError: native conv1dForward: ${kernel} 5`,
  );
  expect(refusalOf(() => binding.conv1dInputGradient(1, 4, 2, 2, 0, a, b, c, false))).toBe(
    `TypeError: native conv1dInputGradient: ${kernel} 0`,
  );
  expect(refusalOf(() => binding.conv1dWeightGradient(1, 4, 2, 2, 5, a, b, c, false))).toBe(
    `TypeError: native conv1dWeightGradient: ${kernel} 5`,
  );
  const window = "expected a window of at least 1 position, got 0";
  expect(refusalOf(() => binding.maxPoolForward(1, 4, 2, 0, a, c))).toBe(
    `TypeError: native maxPoolForward: ${window}`,
  );
  expect(refusalOf(() => binding.maxPoolBackward(1, 4, 2, 0, a, b, c))).toBe(
    `TypeError: native maxPoolBackward: ${window}`,
  );
  const rows = "expected at least 1 row, got 0";
  expect(refusalOf(() => binding.batchNormForward(0, 2, a, a, a, c, c, c, 1e-5))).toBe(
    `TypeError: native batchNormForward: ${rows}`,
  );
  expect(refusalOf(() => binding.batchNormBackward(0, 2, a, a, a, a, a, c, c, c, 1e-5))).toBe(
    `TypeError: native batchNormBackward: ${rows}`,
  );
});
