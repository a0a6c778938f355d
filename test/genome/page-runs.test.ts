import fc from "fast-check";
import { expect, test } from "vitest";
import { pageRuns } from "../../src/genome/page-runs.ts";

test("neighbours become one run, also across small gaps", () => {
  expect(pageRuns([], 2, 10)).toEqual([]);
  expect(pageRuns([5, 3, 4, 3], 0, 10)).toEqual([{ first: 3, count: 3 }]);
  expect(pageRuns([0, 3, 7], 2, 10)).toEqual([
    { first: 0, count: 4 },
    { first: 7, count: 1 },
  ]);
  expect(pageRuns([0, 1, 2, 3, 4], 0, 2)).toEqual([
    { first: 0, count: 2 },
    { first: 2, count: 2 },
    { first: 4, count: 1 },
  ]);
});

test("runs hold every wanted page once, begin and end with one, and keep their bounds", () => {
  const pages = fc.array(fc.nat(60), { maxLength: 40 });
  fc.assert(
    fc.property(pages, fc.nat(4), fc.integer({ min: 1, max: 12 }), (wanted, maxGap, maxCount) => {
      const runs = pageRuns(wanted, maxGap, maxCount);
      const covered = runs.flatMap(({ first, count }) =>
        Array.from({ length: count }, (_, i) => first + i),
      );
      expect(new Set(covered).size).toBe(covered.length);
      const set = new Set(wanted);
      for (const page of set) expect(covered).toContain(page);
      for (const { first, count } of runs) {
        expect(set.has(first) && set.has(first + count - 1)).toBe(true);
        expect(count).toBeLessThanOrEqual(maxCount);
        for (let gap = 0, i = first; i < first + count; i++) {
          gap = set.has(i) ? 0 : gap + 1;
          expect(gap).toBeLessThanOrEqual(maxGap);
        }
      }
    }),
  );
});
