import { describe, expect, it } from "vitest";
import { seedDifference, summariseSeeds } from "../../../src/stats/uncertainty/over-seeds.ts";
import { studentQuantile } from "../../../src/stats/uncertainty/student-t.ts";
import { xorshift32 } from "../../support/random-ids.ts";

describe("summariseSeeds", () => {
  it("gives mean, spread and deviation of the textbook", () => {
    const summary = summariseSeeds([1, 2, 3]);
    expect(summary).toMatchObject({ seeds: 3, mean: 2, spread: 2 });
    expect(summary.standardDeviation).toBeCloseTo(1, 14);
    expect(summariseSeeds([0.9])).toEqual({
      seeds: 1,
      mean: 0.9,
      spread: 0,
      standardDeviation: undefined,
    });
  });
});

describe("seedDifference", () => {
  it("uses the closed forms of one and two degrees of freedom", () => {
    // t with 1: tan(π (1/2 − p)); with 2: (1 − 2p) √(2 / (4 p (1 − p)))
    expect(studentQuantile(0.025, 1)).toBeCloseTo(Math.tan(Math.PI * 0.475), 9);
    expect(studentQuantile(0.025, 2)).toBeCloseTo(0.95 * Math.sqrt(2 / (4 * 0.025 * 0.975)), 11);
    const { mean, interval } = seedDifference([3, 5], [1, 1]);
    expect(mean).toBe(3);
    expect(interval?.high).toBeCloseTo(3 + Math.tan(Math.PI * 0.475), 9);
  });

  it("covers the true difference in about 95 of 100 experiments of 5 seeds", () => {
    const next = xorshift32(31);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    let covered = 0;
    for (let experiment = 0; experiment < 2000; experiment++) {
      const split = Array.from({ length: 5 }, normal); // shared by both settings of a seed
      const a = split.map((value) => 10 * value + normal() + 0.7);
      const b = split.map((value) => 10 * value + normal());
      const { interval } = seedDifference(a, b);
      if (interval !== undefined && interval.low < 0.7 && 0.7 < interval.high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.935);
    expect(covered / 2000).toBeLessThan(0.965);
  });

  it("leaves undefined what one seed, or equal differences, cannot tell", () => {
    expect(seedDifference([0.9], [0.8])).toMatchObject({ interval: undefined, pValue: undefined });
    expect(seedDifference([2, 3], [1, 2])).toMatchObject({
      interval: { low: 1, high: 1 },
      pValue: undefined,
    });
    expect(() => seedDifference([1, 2], [1])).toThrow(
      new RangeError("internal: expected pairs, got 2 and 1 values"),
    );
  });
});
