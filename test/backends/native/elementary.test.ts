import { describe, expect, it } from "vitest";
import { binding, describeEachInstructionSet, poisoned } from "./support.ts";

const INF = Number.POSITIVE_INFINITY;
const LEAST_NORMAL = 2 ** -126;
const LEAST = 2 ** -149;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** Distance between float32 numbers at |x|. */
const ulp = (x: number): number => 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -126) - 23);

/** Largest error of `compute` against `exact`, in units of the last place. */
function worstUlps(
  compute: (count: number, x: Float32Array, out: Float32Array) => void,
  exact: (x: number) => number,
  x: Float32Array,
): number {
  const out = poisoned(x.length);
  compute(x.length, x, out);
  return out.reduce((worst, value, i) => {
    const wanted = exact(x[i] as number);
    const error = Math.abs(value - wanted) / ulp(wanted);
    return Number.isNaN(error) ? INF : Math.max(worst, error);
  }, 0);
}

const sweep = (count: number, at: (part: number) => number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => at(i / (count - 1)));

describeEachInstructionSet("elementary functions", () => {
  describe("e^x", () => {
    it("is within 1.5 ulp wherever float32 has a normal result", () => {
      const everywhere = sweep(60_001, (part) => -87.33 + part * 176.05);
      const near0 = sweep(20_001, (part) => (part - 0.5) * 2);
      expect(worstUlps(binding.exponentials, Math.exp, everywhere)).toBeLessThan(1.5);
      expect(worstUlps(binding.exponentials, Math.exp, near0)).toBeLessThan(1.5);
    });

    it("is exact at 0 and at the ends of the line", () => {
      const x = Float32Array.of(0, -0, LEAST, -INF, -1e30, -104, 88.73, 1e30, INF, Number.NaN);
      const out = poisoned(x.length);
      binding.exponentials(x.length, x, out);
      expect([...out]).toEqual([1, 1, 1, 0, 0, 0, INF, INF, INF, Number.NaN]);
    });
  });

  describe("ln x", () => {
    it("is within 1 ulp of positive numbers of any size, the subnormal ones too", () => {
      const sizes = sweep(60_001, (part) => 2 ** (part * 277 - 149));
      const near1 = sweep(40_001, (part) => 0.5 + part);
      const subnormal = sweep(2001, (part) => LEAST + part * LEAST_NORMAL);
      const positive = sizes.filter((x) => x > 0 && x <= LARGEST && x !== 1);
      expect(worstUlps(binding.logarithms, Math.log, positive)).toBeLessThan(1);
      expect(
        worstUlps(
          binding.logarithms,
          Math.log,
          near1.filter((x) => x !== 1),
        ),
      ).toBeLessThan(1);
      expect(worstUlps(binding.logarithms, Math.log, subnormal)).toBeLessThan(1);
    });

    it("is exact at 1, −infinity at 0, and NaN of what is negative", () => {
      const x = Float32Array.of(1, 0, -0, INF, -LEAST, -1, -INF, Number.NaN);
      const out = poisoned(x.length);
      binding.logarithms(x.length, x, out);
      const nan = Number.NaN;
      expect([...out]).toEqual([0, -INF, -INF, INF, nan, nan, nan, nan]);
    });
  });
});
