import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  at,
  extent,
  linearScale,
  tickDigits,
  ticks,
  widened,
} from "../../../src/report/svg/scale.ts";

describe("ticks", () => {
  test.each<[readonly [number, number], number, number[]]>([
    [[0, 1], 6, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[0.47, 0.92], 6, [0.5, 0.6, 0.7, 0.8, 0.9]],
    [[1, 12], 6, [2, 4, 6, 8, 10, 12]],
    [[-0.03, 0.011], 6, [-0.03, -0.02, -0.01, 0, 0.01]],
    [[0, 10_000], 5, [0, 5000, 10_000]],
  ])("%o, at most %i", (domain, most, expected) => {
    const found = ticks(domain, most);
    expect(found).toHaveLength(expected.length);
    for (const [i, tick] of found.entries()) expect(tick).toBeCloseTo(expected[i] as number, 10);
  });

  test("always some, never too many, within the domain, and told apart by their digits", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
        (low, span) => {
          const found = ticks([low, low + span], 6);
          expect(found.length).toBeGreaterThan(1);
          expect(found.length).toBeLessThanOrEqual(6);
          for (const tick of found) {
            expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6);
            expect(tick).toBeLessThanOrEqual(low + span * (1 + 1e-6));
          }
          const texts = found.map((tick) => tick.toFixed(tickDigits(found)));
          expect(new Set(texts).size).toBe(found.length);
        },
      ),
    );
  });

  test("one where the domain is a point", () => expect(ticks([3, 3], 6)).toEqual([3]));
});

test("a scale goes through both ends, also downwards; an empty domain to the middle", () => {
  const y = linearScale([0, 2], [100, 0]);
  expect([y(0), y(0.5), y(2)]).toEqual([100, 75, 0]);
  expect(linearScale([1, 1], [0, 10])(1)).toBe(5);
});

test("extents and wider ones", () => {
  expect(extent([2, -1, 0.5])).toEqual([-1, 2]);
  expect(extent([])).toEqual([0, 1]);
  expect(widened([0, 10], 0.1)).toEqual([-1, 11]);
  expect(widened([5, 5], 0.1, 2)).toEqual([4, 6]);
});

test("coordinates are short and have no minus zero", () => {
  expect(at(1 / 3)).toBe(0.33);
  expect(Object.is(at(-0.001), 0)).toBe(true);
});
