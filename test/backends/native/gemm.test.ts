/** The matrix product against float64 loops, in both precisions, on every instruction set. */

import { expect, it } from "vitest";
import { naiveBfloat16 } from "../../naive/bfloat16.ts";
import { type MatMulShape, naiveMatMul } from "../../naive/mat-mul.ts";
import { maxDifference } from "../../support/backend.ts";
import {
  binding,
  describeEachInstructionSet,
  poisoned,
  sameBits,
  values,
  withEachThreadCount,
} from "./support.ts";

function gemm(a: Float32Array, b: Float32Array, shape: MatMulShape, bf16: boolean): Float32Array {
  const { batch, rows, inner, columns, transposeA = false, transposeB = false } = shape;
  const out = poisoned(batch * rows * columns);
  const none = undefined;
  binding.gemm(
    batch,
    rows,
    columns,
    inner,
    none,
    none,
    a,
    transposeA,
    b,
    transposeB,
    none,
    false,
    out,
    bf16,
  );
  return out;
}

/** Largest |got − wanted| over the bound of a float32 sum of `inner` products of values below 1. */
function error(got: Float32Array, wanted: Float64Array, inner: number): number {
  expect(got.length).toBe(wanted.length);
  // A sum rounds `inner` times by half of 2^-23 of a partial sum, which is mostly below the square root of `inner`.
  return (
    maxDifference(got, wanted) / (2 ** -24 * Math.max(inner, 1) * Math.max(Math.sqrt(inner), 1))
  );
}

/** The oracles are the same for all instruction sets. */
const oracles = new Map<string, Float64Array>();
function oracle(name: string, compute: () => Float64Array): Float64Array {
  const found = oracles.get(name) ?? compute();
  oracles.set(name, found);
  return found;
}

const SHAPES: readonly (readonly [rows: number, inner: number, columns: number])[] = [
  [1, 1, 1],
  [0, 3, 2],
  [2, 0, 3],
  [7, 2, 0],
  [5, 31, 15],
  [6, 32, 16],
  [7, 33, 17],
  [13, 64, 63],
  [31, 65, 64],
  [32, 3, 65],
  [33, 511, 31],
  [97, 513, 130],
  [200, 47, 129],
];

describeEachInstructionSet("gemm", () => {
  it.each([
    [1, 1],
    [7, 17],
    [97, 130],
  ])("adds a bias and clips at zero, [%i, 40] × [40, %i]", (rows, columns) => {
    const inner = 40;
    const a = values(rows * inner, 1);
    const b = values(inner * columns, 2);
    const bias = values(columns, 3);
    const none = undefined;
    const sums = naiveMatMul(a, b, { batch: 1, rows, inner, columns });
    for (const relu of [false, true]) {
      const out = poisoned(rows * columns);
      binding.gemm(1, rows, columns, inner, none, none, a, false, b, false, bias, relu, out, false);
      const wanted = sums.map((sum, i) => {
        const value = sum + (bias[i % columns] ?? Number.NaN);
        return relu ? Math.max(0, value) : value;
      });
      expect(error(out, wanted, inner)).toBeLessThan(2);
    }
  });

  for (const [rows, inner, columns] of SHAPES) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      const shape = { batch: 1, rows, inner, columns, transposeA, transposeB };
      const name = `[${rows}, ${inner}]${transposeA ? "ᵀ" : ""} × [${inner}, ${columns}]${transposeB ? "ᵀ" : ""}`;
      it(`agrees with float64 loops, ${name}`, () => {
        const a = values(rows * inner, 1);
        const b = values(inner * columns, 2);
        const exact = oracle(name, () => naiveMatMul(a, b, shape));
        expect(error(gemm(a, b, shape, false), exact, inner)).toBeLessThan(1);
        const wanted = oracle(`${name} of bfloat16`, () =>
          naiveMatMul(naiveBfloat16(a), naiveBfloat16(b), shape),
        );
        const outputs = withEachThreadCount(() => gemm(a, b, shape, true));
        expect(error(outputs[0] as Float32Array, wanted, inner)).toBeLessThan(1);
        for (const output of outputs)
          expect(sameBits(output, outputs[0] as Float32Array)).toBe(true);
      });
    }
  }

  it.each([false, true])("gives a row the same bits whatever stands beside it, bf16 %s", (bf16) => {
    const [inner, columns] = [70, 37];
    const a = values(70 * inner, 3);
    const b = values(inner * columns, 4);
    const whole = gemm(a, b, { batch: 1, rows: 70, inner, columns }, bf16);
    for (let rows = 1; rows <= 70; rows++) {
      const from = 70 - rows; // the last rows, so that each stands elsewhere
      const part = gemm(a.subarray(from * inner), b, { batch: 1, rows, inner, columns }, bf16);
      expect(sameBits(part, whole.subarray(from * columns))).toBe(true);
    }
  });
});
