/** The fused MLP sublayer against float64 loops and their central differences. */

import { expect, it } from "vitest";
import { centralDifferences } from "../../naive/central-differences.ts";
import { type NaiveMlp, naiveMlpSublayer } from "../../naive/mlp-sublayer.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, describeEachInstructionSet, withEachThreadCount } from "./support.ts";

type Sizes = readonly [rows: number, width: number, hidden: number];
const NAMES = ["gain", "up", "upBias", "down", "downBias"] as const;
type Arrays = Record<keyof NaiveMlp, Float32Array>;

/** Widths and hidden sizes at, under and over the edges of vectors, panels and chunks; rows over those of a task. */
const SHAPES: readonly Sizes[] = [
  [1, 1, 1],
  [2, 5, 3],
  [7, 16, 16],
  [97, 17, 33],
  [13, 31, 257],
  [193, 64, 256],
  [6, 48, 513],
  [0, 8, 8],
];

function arraysOf([rows, width, hidden]: Sizes): Arrays {
  const values = (count: number, salt: number, scale = 1, shift = 0): Float32Array =>
    Float32Array.from(
      { length: count },
      (_, i) => scale * Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)) + shift,
    );
  return {
    x: values(rows * width, 1, 2),
    gain: values(width, 2, 0.5, 1),
    up: values(hidden * width, 3, 1 / Math.sqrt(width)),
    upBias: values(hidden, 4),
    down: values(width * hidden, 5, 1 / Math.sqrt(hidden)),
    downBias: values(width, 6),
  };
}

const weightsOf = (arrays: Arrays) =>
  NAMES.map((name) => arrays[name]) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];

function forward(arrays: Arrays, sizes: Sizes, bf16: boolean) {
  const y = new Float32Array(arrays.x.length).fill(Number.NaN);
  const kept = new Int32Array(Math.ceil(binding.mlpKeptBytes(...sizes, 1e-5, bf16) / 4)).fill(-1);
  binding.mlpForward(...sizes, 1e-5, bf16, ...weightsOf(arrays), arrays.x, y, kept);
  return { y, kept };
}

function backward(arrays: Arrays, sizes: Sizes, dy: Float32Array, bf16: boolean): Arrays {
  const { kept } = forward(arrays, sizes, bf16);
  const grads = Object.fromEntries(
    Object.entries(arrays).map(([name, { length }]) => [
      name,
      new Float32Array(length).fill(Number.NaN),
    ]),
  ) as Arrays;
  const { x } = arrays;
  binding.mlpBackward(
    ...sizes,
    1e-5,
    bf16,
    ...weightsOf(arrays),
    x,
    kept,
    dy,
    grads.x,
    ...weightsOf(grads),
  );
  return grads;
}

const dyOf = ([rows, width]: Sizes): Float32Array =>
  Float32Array.from({ length: rows * width }, (_, i) => Math.cos(3.7 * i));

describeEachInstructionSet("MLP sublayer", () => {
  for (const sizes of SHAPES) {
    const arrays = arraysOf(sizes);
    it(`forward of [rows ${sizes[0]}, width ${sizes[1]}, hidden ${sizes[2]}]`, () => {
      const expected = naiveMlpSublayer(arrays);
      expect(maxDifference(forward(arrays, sizes, false).y, expected)).toBeLessThan(2e-5);
      expect(maxDifference(forward(arrays, sizes, true).y, expected)).toBeLessThan(0.1);
      for (const bf16 of [false, true]) {
        const outputs = withEachThreadCount(() => forward(arrays, sizes, bf16).y);
        for (const output of outputs) expect(output).toEqual(outputs[0]);
      }
    });
  }

  it("a forward pass that keeps nothing gives the same", () => {
    const sizes = [97, 17, 33] as const;
    const arrays = arraysOf(sizes);
    const y = new Float32Array(arrays.x.length);
    binding.mlpForward(...sizes, 1e-5, true, ...weightsOf(arrays), arrays.x, y, undefined);
    expect(y).toEqual(forward(arrays, sizes, true).y);
  });

  it("a row does not depend on the rows beside it", () => {
    const whole = arraysOf([70, 33, 65]);
    for (const bf16 of [false, true]) {
      const all = forward(whole, [70, 33, 65], bf16).y;
      for (const [from, count] of [
        [0, 1],
        [69, 1],
        [5, 7],
        [1, 68],
      ] as const) {
        const x = whole.x.slice(from * 33, (from + count) * 33);
        const { y } = forward({ ...whole, x }, [count, 33, 65], bf16);
        expect(y).toEqual(all.slice(from * 33, (from + count) * 33));
      }
    }
  });

  for (const sizes of [
    [3, 4, 5],
    [5, 17, 18],
  ] as const) {
    it(`gradients of [rows ${sizes[0]}, width ${sizes[1]}, hidden ${sizes[2]}] are the loops' central differences`, () => {
      const arrays = arraysOf(sizes);
      const dy = dyOf(sizes);
      const grads = backward(arrays, sizes, dy, false);
      const rounded = backward(arrays, sizes, dy, true);
      for (const name of Object.keys(arrays) as (keyof NaiveMlp)[]) {
        const expected = centralDifferences(
          (value) =>
            naiveMlpSublayer({ ...arrays, [name]: value }).reduce(
              (total, y, i) => total + y * (dy[i] as number),
              0,
            ),
          arrays[name],
        );
        expect(maxDifference(grads[name], expected), name).toBeLessThan(5e-5);
        expect(maxDifference(rounded[name], expected), name).toBeLessThan(0.2);
      }
    });
  }

  it("gradients of many rows do not depend on the threads, and all is written", () => {
    for (const sizes of [
      [203, 40, 300],
      [0, 8, 8],
    ] as const) {
      for (const bf16 of [false, true]) {
        const all = withEachThreadCount(() => backward(arraysOf(sizes), sizes, dyOf(sizes), bf16));
        for (const grads of all) expect(grads).toEqual(all[0]);
        for (const grad of Object.values(all[0] as Arrays))
          expect(grad.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it("gradients of many rows are the sums of those of few", () => {
    const sizes = [203, 40, 300] as const;
    const arrays = arraysOf(sizes);
    const dy = dyOf(sizes);
    const whole = backward(arrays, sizes, dy, false);
    const sums = { up: new Float64Array(300 * 40), gain: new Float64Array(40) };
    for (let row = 0; row < 203; row++) {
      const x = arrays.x.slice(row * 40, (row + 1) * 40);
      const one = backward(
        { ...arrays, x },
        [1, 40, 300],
        dy.slice(row * 40, (row + 1) * 40),
        false,
      );
      for (const name of ["up", "gain"] as const)
        one[name].forEach((value, i) => {
          sums[name][i] = (sums[name][i] as number) + value;
        });
    }
    expect(maxDifference(whole.up, sums.up)).toBeLessThan(2e-4);
    expect(maxDifference(whole.gain, sums.gain)).toBeLessThan(2e-4);
  });
});
