import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadWindows, tileIntervals } from "../../src/data/tiles.ts";

describe("tileIntervals", () => {
  it("covers each base of an interval once, but for the counted rest at its end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (pairs, length) => {
          const intervals = pairs.map(([start, size], i) => ({
            contig: `c${i}`,
            start,
            end: start + size,
          }));
          const { windows, uncoveredBases } = tileIntervals(intervals, length);
          let uncovered = 0;
          for (const { contig, start, end } of intervals) {
            const own = windows.filter((window) => window.contig === contig);
            let next = start;
            for (const window of own) {
              expect(window).toEqual({ contig, start: next, end: next + length });
              next += length;
            }
            expect(end - next).toBeLessThan(length);
            uncovered += end - next;
          }
          expect(uncoveredBases).toBe(uncovered);
        },
      ),
    );
  });
});

describe("spreadWindows", () => {
  const windows = Array.from({ length: 10 }, (_, i) => ({ contig: "a", start: i, end: i + 1 }));
  const starts = (count: number): number[] =>
    spreadWindows(windows, count).map(({ start }) => start);

  it("takes distinct windows in order, evenly from the first on", () => {
    expect(starts(1)).toEqual([0]);
    expect(starts(3)).toEqual([0, 3, 6]);
    expect(starts(5)).toEqual([0, 2, 4, 6, 8]);
    for (let count = 1; count <= 10; count++) {
      const gaps = starts(count).map((start, i, all) => (all[i + 1] ?? 10) - start);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }
  });

  it("takes all when there are no more than asked for, none of none", () => {
    expect(starts(10)).toHaveLength(10);
    expect(starts(99)).toHaveLength(10);
    expect(spreadWindows([], 3)).toEqual([]);
  });
});
