import { expect, it } from "vitest";
import { naiveLogSoftmax } from "../../naive/softmax.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, computed, describeEachInstructionSet, poisoned, values } from "./support.ts";

const SHAPES: readonly (readonly [number, number])[] = [
  [1, 1],
  [4, 4],
  [3, 15],
  [5, 17],
  [1, 40_001],
  [9000, 2],
  [0, 5],
  [3, 0],
];

const INF = Number.POSITIVE_INFINITY;

function softmaxOf(...x: number[]): { p: number[]; logP: number[] } {
  const row = Float32Array.from(x);
  const p = poisoned(x.length);
  const logP = poisoned(x.length);
  binding.softmax(1, x.length, row, p);
  binding.logSoftmax(1, x.length, row, logP);
  return { p: [...p], logP: [...logP] };
}

describeEachInstructionSet("softmax", () => {
  it.each(SHAPES)("agrees with float64 loops on [%i, %i], and its logarithm", (rows, width) => {
    const x = values(rows * width, 1).map((value) => 9 * value);
    const [p, logP] = computed([x.length, x.length], (toP, toLogP) => {
      binding.softmax(rows, width, x, toP);
      binding.logSoftmax(rows, width, x, toLogP);
    });
    const wanted = naiveLogSoftmax(x, width);
    expect(maxDifference(p, wanted.map(Math.exp))).toBeLessThan(2e-7);
    expect(maxDifference(logP, wanted)).toBeLessThan(3e-6);
  });

  it("takes any finite values, and −infinity as never", () => {
    expect(softmaxOf(1e30, 0, -1e30)).toEqual({
      p: [1, 0, 0],
      logP: [0, -1e30, -2e30].map(Math.fround),
    });
    expect(softmaxOf(-INF, 3, -INF)).toEqual({ p: [0, 1, 0], logP: [-INF, 0, -INF] });
  });

  it("is NaN throughout a row that holds NaN or infinity, or −infinity alone, and there only", () => {
    for (const row of [
      [-INF, -INF],
      [1, INF, 2],
      [Number.NaN, 1],
      [1, Number.NaN],
    ]) {
      const { p, logP } = softmaxOf(...row);
      expect(
        [...p, ...logP].every(
          (value, i) => Number.isNaN(value) || (row[i % row.length] === -INF && row.includes(INF)),
        ),
      ).toBe(true);
    }
    const x = values(60, 1);
    x[25] = Number.NaN;
    const p = poisoned(60);
    binding.softmax(3, 20, x, p);
    expect([...p].map(Number.isNaN)).toEqual(Array.from(p, (_, i) => i >= 20 && i < 40));
  });
});
