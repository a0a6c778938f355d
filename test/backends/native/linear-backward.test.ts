/** The gradients of a linear map against float64 loops, on every instruction set. */

import { expect, it } from "vitest";
import { naiveBfloat16 } from "../../naive/bfloat16.ts";
import { naiveMatMul } from "../../naive/mat-mul.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, computed, describeEachInstructionSet, poisoned, values } from "./support.ts";

const SHAPES: readonly (readonly [rows: number, inWidth: number, outWidth: number])[] = [
  [1, 1, 1],
  [0, 3, 2],
  [3, 0, 2],
  [3, 2, 0],
  [31, 17, 33],
  [129, 5, 4],
  [1025, 7, 3],
];

type Numbers = ArrayLike<number>;

/** [rows, columns] of ones times dy would do; a plain loop is as short. */
function naiveColumnSums(dy: Numbers, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let i = 0; i < dy.length; i++) sums[i % columns] = (sums[i % columns] ?? 0) + (dy[i] ?? 0);
  return sums;
}

describeEachInstructionSet("linearBackward", () => {
  for (const [rows, inWidth, outWidth] of SHAPES) {
    it.each([false, true])(
      `agrees with float64 loops on ${rows} rows, ${inWidth} to ${outWidth}, bf16 %s`,
      (bf16) => {
        const x = values(rows * inWidth, 1);
        const weight = values(outWidth * inWidth, 2);
        const dy = values(rows * outWidth, 3);
        const [dx, dWeight, dBias] = computed(
          [x.length, weight.length, outWidth],
          (toX, toWeight, toBias) =>
            binding.linearBackward(
              rows,
              inWidth,
              outWidth,
              x,
              weight,
              dy,
              toX,
              toWeight,
              toBias,
              bf16,
            ),
        );
        const operand = (array: Float32Array) => (bf16 ? naiveBfloat16(array) : array);
        const wantedX = naiveMatMul(operand(dy), operand(weight), {
          batch: 1,
          rows,
          inner: outWidth,
          columns: inWidth,
        });
        const wantedWeight = naiveMatMul(operand(dy), operand(x), {
          batch: 1,
          rows: outWidth,
          inner: rows,
          columns: inWidth,
          transposeA: true,
        });
        expect(maxDifference(dx, wantedX)).toBeLessThan(4e-6);
        expect(maxDifference(dWeight, wantedWeight)).toBeLessThan(1e-4);
        expect(maxDifference(dBias, naiveColumnSums(dy, outWidth))).toBeLessThan(1e-4);
      },
    );
  }

  it("leaves out what is not asked for", () => {
    const dx = poisoned(2);
    const [x, weight, dy] = [values(2, 1), values(1, 2), values(2, 3)];
    binding.linearBackward(2, 1, 1, x, weight, dy, dx, undefined, undefined, false);
    expect(
      maxDifference(
        dx,
        dy.map((value) => value * (weight[0] as number)),
      ),
    ).toBeLessThan(1e-7);
  });
});
