import { describe, expect, it } from "vitest";
import { mean } from "../../src/stats/mean.ts";
import { xorshift32 } from "../support/random-ids.ts";

describe("mean", () => {
  it("gives the textbook values", () => {
    // s² = (1 + 0 + 1) / 2 = 1
    expect(mean([1, 2, 3])).toEqual({ value: 2, standardError: Math.sqrt(1 / 3), count: 3 });
  });

  it("has no standard error for one value", () => {
    expect(mean([5])).toEqual({ value: 5, standardError: undefined, count: 1 });
  });

  it("covers the true mean in about 95 of 100 experiments within 1.96 standard errors", () => {
    const next = xorshift32(71);
    let covered = 0;
    for (let experiment = 0; experiment < 2000; experiment++) {
      const { value, standardError } = mean(Float64Array.from({ length: 50 }, next));
      if (Math.abs(value - 0.5) < 1.96 * (standardError as number)) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.93);
    expect(covered / 2000).toBeLessThan(0.965);
  });

  it("refuses nothing to average", () => {
    expect(() => mean([])).toThrow(
      new RangeError("internal: expected at least one value to average, got none"),
    );
  });
});
