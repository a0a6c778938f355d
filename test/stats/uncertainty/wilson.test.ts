import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../../src/stats/uncertainty/wilson.ts";

describe("wilsonInterval", () => {
  it("holds the shares that a test of the share at z = 1.96 does not refuse", () => {
    for (const [hits, count] of [
      [3, 5],
      [1, 50],
      [0, 8],
      [20, 20],
    ] as const) {
      const { low, high } = wilsonInterval(hits, count);
      const z = (p: number): number =>
        Math.abs(hits / count - p) / Math.sqrt((p * (1 - p)) / count);
      if (hits > 0) expect(z(low)).toBeCloseTo(1.959963984540054, 10);
      if (hits < count) expect(z(high)).toBeCloseTo(1.959963984540054, 10);
      expect([hits === 0 && low !== 0, hits === count && high !== 1]).toEqual([false, false]);
    }
  });
});
