import { describe, expect, test } from "vitest";
import { ratio } from "../../../src/stats/ratio.ts";
import { blockInterval, blockRatio } from "../../../src/stats/uncertainty/block-ratio.ts";
import { xorshift32 } from "../../support/random-ids.ts";

const ones = (count: number): number[] => new Array<number>(count).fill(1);

describe("a ratio over blocks", () => {
  test("of fewer windows than blocks is the ratio over windows", () => {
    const [y, x] = [
      [3, 1, 4, 1, 5],
      [2, 1, 2, 1, 3],
    ];
    expect(blockRatio(y, x, 64)).toEqual(ratio(y, x));
  });

  test("of windows that repeat within blocks has the error of the blocks, as if each window were not new", () => {
    const means = [1, 4, 2, 8];
    const y = means.flatMap((value) => [value, value, value]);
    const { value, standardError, count } = blockRatio(y, ones(12), 4);
    // s / √n of 1, 4, 2, 8: mean 3.75, squares 7.5625 + 0.0625 + 3.0625 + 18.0625 = 28.75
    expect([value, count]).toEqual([3.75, 4]);
    expect(standardError).toBeCloseTo(Math.sqrt(28.75 / 3 / 4), 12);
    expect(standardError).toBeGreaterThan(ratio(y, ones(12)).standardError as number);
  });

  test("has the spread of repeated experiments where neighbours share what they draw", () => {
    const next = xorshift32(7);
    const values: number[] = [];
    let error = 0;
    for (let experiment = 0; experiment < 1000; experiment++) {
      const y = Array.from({ length: 32 }, () => next()).flatMap((shared) =>
        Array.from({ length: 8 }, () => shared + 0.1 * next()),
      );
      const estimate = blockRatio(y, ones(256), 32);
      values.push(estimate.value);
      error += (estimate.standardError as number) / 1000;
    }
    const mean = values.reduce((sum, value) => sum + value / 1000, 0);
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / 999, 0));
    expect(error / spread).toBeGreaterThan(0.93);
    expect(error / spread).toBeLessThan(1.07);
  });

  test("blocks differ by a window at most, and leave none out", () => {
    const y = Array.from({ length: 10 }, (_, i) => i);
    const { value, count } = blockRatio(y, ones(10), 4);
    expect([value, count]).toEqual([4.5, 4]);
  });

  test("refuses lengths that differ", () => {
    expect(() => blockRatio([1], [1, 2])).toThrow(
      new RangeError("internal: expected pairs, got 1 and 2 values"),
    );
  });
});

test("its interval is Student's: of two blocks 12.7 errors, of many almost 2, of one none", () => {
  const at = (count: number) => blockInterval({ value: 1, standardError: 0.1, count });
  expect(at(2)?.high).toBeCloseTo(1 + 1.27062047, 7); // t of 0.975 with one degree of freedom, tan(0.475 π)
  expect(Math.tan(0.475 * Math.PI)).toBeCloseTo(12.7062047, 6);
  expect(at(64)?.low).toBeCloseTo(1 - 0.19983405, 6); // scipy.stats.t.ppf(0.975, 63) = 1.9983405
  expect(blockInterval({ value: 1, standardError: undefined, count: 1 })).toBeUndefined();
});
