import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subtractIntervals, untouchedTiles } from "../../src/data/subtract-intervals.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { sideBySide } from "../naive/epoch-tiles.ts";
import { someIntervals } from "./some-intervals.ts";

/** Every base of some intervals, one entry a base and interval. */
function basesOf(list: readonly Interval[]): string[] {
  return list.flatMap(({ contig, start, end }) =>
    Array.from({ length: end - start }, (_, i) => `${contig}:${start + i}`),
  );
}

describe("subtractIntervals", () => {
  it("leaves exactly the bases that are not taken, in order, as often as they were there", () => {
    fc.assert(
      fc.property(someIntervals(6), someIntervals(6), (intervals, taken) => {
        const gone = new Set(basesOf(taken));
        const left = subtractIntervals(intervals, taken);
        expect(basesOf(left)).toEqual(basesOf(intervals).filter((base) => !gone.has(base)));
        for (const { start, end } of left) expect(start).toBeLessThan(end);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves stretches as long as they can be", () => {
    const at = (start: number, end: number): Interval => ({ contig: "a", start, end });
    expect(subtractIntervals([at(0, 100)], [at(20, 30), at(30, 40), at(90, 100)])).toEqual([
      at(0, 20),
      at(40, 90),
    ]);
  });
});

describe("untouchedTiles", () => {
  it("holds exactly the tiles without a taken base, row by row", () => {
    fc.assert(
      fc.property(
        someIntervals(6),
        fc.integer({ min: 1, max: 15 }),
        someIntervals(6),
        (rows, length, taken) => {
          const gone = new Set(basesOf(taken));
          const tilesOf = (list: readonly Interval[]): Interval[] =>
            list.flatMap(({ contig, start, end }) =>
              sideBySide(start, end, length).map((at) => ({ contig, start: at, end: at + length })),
            );
          const runs = untouchedTiles(rows, length, taken);
          expect(tilesOf(runs)).toEqual(
            tilesOf(rows).filter((tile) => !basesOf([tile]).some((base) => gone.has(base))),
          );
          for (const { start, end } of runs) expect((end - start) % length).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
