import { describe, expect, it } from "vitest";
import { mean } from "../../src/stats/mean.ts";
import { ratio } from "../../src/stats/ratio.ts";
import { xorshift32 } from "../support/random-ids.ts";

describe("ratio", () => {
  it("is the mean where every denominator is 1", () => {
    const values = [1, 4, 2, 8];
    const estimate = ratio(values, [1, 1, 1, 1]);
    const expected = mean(values);
    expect(estimate.value).toBe(expected.value);
    expect(estimate.standardError).toBeCloseTo(expected.standardError as number, 14);
  });

  it("weighs windows by their denominators", () => {
    expect(ratio([10, 0], [5, 15]).value).toBe(0.5);
    expect(ratio([3], [2])).toEqual({ value: 1.5, standardError: undefined, count: 1 });
  });

  it("has a standard error equal to the spread over repeated experiments", () => {
    const next = xorshift32(81);
    const values: number[] = [];
    let errors = 0;
    for (let experiment = 0; experiment < 2000; experiment++) {
      const x = Float64Array.from({ length: 60 }, () => 50 + 50 * next());
      const y = x.map((size) => size * (1.5 + next()));
      const estimate = ratio(y, x);
      values.push(estimate.value);
      errors += (estimate.standardError as number) / 2000;
    }
    const spread = (mean(values).standardError as number) * Math.sqrt(2000);
    expect(errors / spread).toBeGreaterThan(0.95);
    expect(errors / spread).toBeLessThan(1.05);
  });

  it("refuses unequal lengths and an empty denominator", () => {
    expect(() => ratio([1], [1, 2])).toThrow(
      new RangeError("internal: expected pairs, got 1 and 2 values"),
    );
    expect(() => ratio([1], [0])).toThrow(
      new RangeError("internal: expected a positive denominator, got 0"),
    );
  });
});
