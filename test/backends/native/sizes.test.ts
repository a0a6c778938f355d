/**
 * Sizes whose product 64 bits do not hold: wrapped around to 0 it would fit every array, and kernels would write where
 * nothing is. Each function refuses them at the first array that is too small, and none takes long over sizes of 0.
 */

import { describe, expect, it } from "vitest";
import { binding, poisoned, refusalOf } from "./support.ts";

/** Two of these make 2^64. */
const HUGE = 2 ** 32;
const NONE = new Float32Array();
const NO_INTS = new Int32Array();
const NO_BYTES = new Uint8Array();
const MOST = "18446744073709551615";

const floats = (name: string): string =>
  `expected ${name} to be a Float32Array of ${MOST} values or more, got 0 values`;
const ints = (name: string): string =>
  `expected ${name} to be an Int32Array of ${MOST} values or more, got 0 values`;
const memory = (name: string): string =>
  `expected ${name} to be a typed array of ${MOST} bytes or more, got 0 bytes`;

/** 2^31 - 1 squared thrice, with strides of `strides`. */
const axesOf = (...strides: number[]): Int32Array =>
  Int32Array.from([...new Array<number>(6).fill(2 ** 31 - 1), ...strides.flatMap(sixTimes)]);
const sixTimes = (stride: number): number[] => new Array<number>(6).fill(stride);
const LONG = 2 ** 31 - 1;

const CALLS: Readonly<Record<string, readonly [call: () => void, message: string]>> = {
  conv1dForward: [
    () => binding.conv1dForward(HUGE, HUGE, 1, 1, 1, NONE, NONE, undefined, NONE, false),
    floats("x"),
  ],
  conv1dInputGradient: [
    () => binding.conv1dInputGradient(HUGE, HUGE, 0, 1, 1, NONE, NONE, NONE, false),
    floats("dy"),
  ],
  conv1dWeightGradient: [
    () => binding.conv1dWeightGradient(1, HUGE, HUGE, 1, HUGE, NONE, NONE, NONE, false),
    floats("x"),
  ],
  maxPoolForward: [() => binding.maxPoolForward(HUGE, HUGE, 1, 1, NONE, NONE), floats("x")],
  maxPoolBackward: [() => binding.maxPoolBackward(HUGE, HUGE, 1, 2, NONE, NONE, NONE), floats("x")],
  meanPoolForward: [
    () => binding.meanPoolForward(1, HUGE, HUGE, NONE, Int32Array.of(1), poisoned(1)),
    floats("x"),
  ],
  batchNormForward: [
    () => binding.batchNormForward(HUGE, HUGE, NONE, NONE, NONE, NONE, NONE, NONE, 1e-5),
    floats("x"),
  ],
  batchNormBackward: [
    () =>
      binding.batchNormBackward(HUGE, HUGE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1e-5),
    floats("x"),
  ],
  attentionForward: [
    () =>
      binding.attentionForward(
        ...([HUGE, 1, 1, HUGE, 1, "full", 1, 0, undefined, false] as const),
        ...([new Float32Array(1), NONE, NONE, NONE, undefined] as const),
      ),
    floats("q").replace(MOST, String(HUGE)).replace("got 0", "got 1"),
  ],
  rotary: [() => binding.rotary(HUGE, 1, HUGE, NONE, NONE, NONE, NONE, false), floats("x")],
  attentionSublayerForward: [
    () =>
      binding.attentionSublayerForward(
        ...([1, HUGE, 1, HUGE, "full", 1, 0, undefined, 1e-5, false] as const),
        ...([NONE, NONE, NONE, NONE, NONE, NONE, NONE, undefined] as const),
      ),
    floats("gain"),
  ],
  mlpForward: [
    () =>
      binding.mlpForward(
        ...([HUGE, HUGE, 0, 1e-5, false] as const),
        ...([new Float32Array(HUGE / 2 ** 20), NONE, NONE, NONE, NONE, NONE] as const),
        ...([NONE, undefined] as const),
      ),
    "expected gain to be a Float32Array of 4294967296 values or more",
  ],
  mlpBackward: [
    () => {
      const [rows, hidden] = [2 ** 52, 2 ** 12];
      const bias = new Float32Array(hidden);
      binding.mlpBackward(
        ...([rows, 0, hidden, 1e-5, false, NONE, NONE, bias, NONE, NONE, NONE, NO_INTS] as const),
        ...([NONE, NONE, NONE, NONE, bias, NONE, NONE] as const),
      );
    },
    memory("kept"),
  ],
  layerNormForward: [
    () => binding.layerNormForward(HUGE, HUGE, NONE, NONE, NONE, 1e-5),
    floats("x"),
  ],
  softmax: [() => binding.softmax(HUGE, HUGE, NONE, NONE), floats("x")],
  maskedCrossEntropyForward: [
    () => binding.maskedCrossEntropyForward(HUGE, HUGE, NONE, NO_INTS, NONE, NONE),
    floats("logits"),
  ],
  embeddingForward: [
    () => binding.embeddingForward(1, HUGE, HUGE, Int32Array.of(7), NONE, NONE),
    floats("table"),
  ],
  gemm: [
    () =>
      binding.gemm(
        ...([1, HUGE, 1, HUGE, undefined, undefined, NONE, false, NONE, false] as const),
        ...([undefined, false, NONE, false] as const),
      ),
    floats("a"),
  ],
  linearBackward: [
    () =>
      binding.linearBackward(
        ...([HUGE, HUGE, 0, NONE, NONE, NONE, undefined, undefined, undefined, false] as const),
      ),
    floats("x"),
  ],
  gather: [() => binding.gather(4, HUGE, HUGE, 1, 0, 1, NONE, NO_INTS, NONE), memory("x")],
  oneHot: [
    () => binding.oneHot(4, 0, HUGE, NO_INTS, NONE, NONE),
    "expected onOff to be a typed array of 8 bytes or more, got 0 bytes",
  ],
  segmentSum: [() => binding.segmentSum(HUGE, HUGE, 1, NONE, NO_INTS, NONE), floats("x")],
  reduceFloats: [() => binding.reduceFloats(0, HUGE, HUGE, 1, NONE, NONE), floats("x")],
  reduceIntegers: [() => binding.reduceIntegers(0, HUGE, HUGE, 1, NO_INTS, NO_INTS), ints("x")],
  arithmetic: [
    () => binding.arithmetic(0, 6, axesOf(0, 0), poisoned(1), poisoned(1), NONE),
    floats("out"),
  ],
  "arithmetic of long strides": [
    () => binding.arithmetic(0, 6, axesOf(LONG, 0), NONE, poisoned(1), NONE),
    floats("a"),
  ],
  copyStrided: [
    () => binding.copyStrided(4, 6, axesOf(LONG, 0), 0, 0, NONE, NO_BYTES),
    memory("from"),
  ],
};

describe("sizes that 64 bits do not hold", () => {
  it.each(Object.keys(CALLS))("%s", (name) => {
    const [call, message] = CALLS[name] as (typeof CALLS)[string];
    const refusal = refusalOf(call);
    expect(refusal).toContain(`TypeError: native ${name.split(" ")[0]}: `);
    expect(refusal).toContain(message);
  });
});

describe("sizes of 0 beside large ones", () => {
  const LARGE = 2 ** 40;
  it.each<[string, () => void]>([
    [
      "conv1dForward",
      () => binding.conv1dForward(LARGE, 9, 0, 0, 2, NONE, NONE, NONE, NONE, false),
    ],
    [
      "conv1dInputGradient",
      () => binding.conv1dInputGradient(LARGE, 9, 0, 0, 2, NONE, NONE, NONE, false),
    ],
    [
      "conv1dWeightGradient",
      () => binding.conv1dWeightGradient(LARGE, 9, 0, 0, 2, NONE, NONE, NONE, false),
    ],
    ["maxPoolForward", () => binding.maxPoolForward(LARGE, LARGE, 0, 1, NONE, NONE)],
    ["maxPoolBackward", () => binding.maxPoolBackward(LARGE, LARGE, 0, 1, NONE, NONE, NONE)],
    ["meanPoolBackward", () => binding.meanPoolBackward(1, LARGE, 0, NONE, Int32Array.of(1), NONE)],
    [
      "batchNormForward",
      () => binding.batchNormForward(LARGE, 0, NONE, NONE, NONE, NONE, NONE, NONE, 1e-5),
    ],
    [
      "batchNormBackward",
      () =>
        binding.batchNormBackward(LARGE, 0, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1e-5),
    ],
  ])("%s has nothing to do", (_name, call) => {
    expect(call).not.toThrow();
  });
});
