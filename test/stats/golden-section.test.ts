import { describe, expect, it } from "vitest";
import { goldenSection } from "../../src/stats/golden-section.ts";

describe("goldenSection", () => {
  it("finds the peak of a parabola inside the range and the nearer end outside it", () => {
    const peak = (at: number) => goldenSection((x) => -((x - at) ** 2), -2, 5, 1e-6);
    for (const at of [-1.9, 0, 1.234, 4.9]) expect(peak(at)).toBeCloseTo(at, 5);
    expect(peak(9)).toBeCloseTo(5, 5);
    expect(peak(-9)).toBeCloseTo(-2, 5);
  });
});
