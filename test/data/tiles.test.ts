import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadTiles, tileCount } from "../../src/data/tiles.ts";
import type { Interval } from "../../src/genome/interval.ts";

/** All tiles, one after the other. */
function allTiles(intervals: readonly Interval[], length: number): Interval[] {
  const tiles: Interval[] = [];
  for (const { contig, start, end } of intervals) {
    for (let at = start; at + length <= end; at += length) {
      tiles.push({ contig, start: at, end: at + length });
    }
  }
  return tiles;
}

const someIntervals = fc
  .array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 5 })
  .map((pairs) => pairs.map(([start, size], i) => ({ contig: `c${i}`, start, end: start + size })));

it("counts the whole windows of each interval and the bases they leave over", () => {
  fc.assert(
    fc.property(someIntervals, fc.integer({ min: 1, max: 12 }), (intervals, length) => {
      const tiles = allTiles(intervals, length);
      const bases = intervals.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(tileCount(intervals, length)).toEqual({
        windows: tiles.length,
        uncoveredBases: bases - tiles.length * length,
      });
    }),
  );
});

describe("spreadTiles", () => {
  it("takes every floor(i · tiles / count)-th of all tiles", () => {
    fc.assert(
      fc.property(
        someIntervals,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (intervals, length, count) => {
          const tiles = allTiles(intervals, length);
          const wanted = Math.min(count, tiles.length);
          const expected = Array.from(
            { length: wanted },
            (_, i) => tiles[Math.floor((i * tiles.length) / wanted)],
          );
          expect(spreadTiles(intervals, length, count)).toEqual(expected);
        },
      ),
    );
  });

  it("takes few of a genome of three billion bases without making the others", () => {
    const chosen = spreadTiles([{ contig: "a", start: 0, end: 3_000_000_000 }], 1024, 3);
    expect(chosen.map(({ start }) => start)).toEqual([0, 976_562 * 1024, 1_953_125 * 1024 - 1024]);
  });
});
