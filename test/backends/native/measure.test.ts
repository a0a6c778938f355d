import { expect, it } from "vitest";
import { maxDifference } from "../../support/backend.ts";
import { binding, describeEachInstructionSet, withEachThreadCount } from "./support.ts";

describeEachInstructionSet("measure", () => {
  it("counts the same operations whatever the threads, in proportion to tasks and rounds", () => {
    for (const isBf16 of [false, true]) {
      const [one = 0, ...others] = withEachThreadCount(() =>
        binding.measureArithmetic(3, 5, isBf16),
      );
      expect(one).toBeGreaterThan(0);
      expect(others).toEqual([one, one, one]);
      expect(binding.measureArithmetic(6, 10, isBf16)).toBe(4 * one);
      expect(binding.measureArithmetic(0, 5, isBf16)).toBe(0);
    }
  });

  it.each([0, 1, 15, 17, 65_535, 65_537, 200_003])("copies %i values and no more", (count) => {
    const from = Float32Array.from({ length: count }, (_, i) => i + 1);
    const to = new Float32Array(count + 1).fill(Number.NaN);
    binding.measureCopy(count, from, to);
    expect(maxDifference(to.subarray(0, count), from)).toBe(0);
    expect(to[count]).toBeNaN();
  });
});
