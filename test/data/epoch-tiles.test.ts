import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochTiles } from "../../src/data/epoch-tiles.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { naiveEpochTiles, sideBySide } from "../naive/epoch-tiles.ts";
import { someIntervals } from "./some-intervals.ts";

const frames = addressedRandom(9, "tileFrame");
const random = addressedRandom(9, "window");

function epochOf(intervals: readonly Interval[], length: number, epoch: number): Interval[] {
  const { windows, tile } = epochTiles(intervals, length, "random", frames);
  return Array.from({ length: windows }, (_, slot) => tile(epoch, slot));
}

describe("epochTiles", () => {
  it("makes the windows that walking along each interval makes", () => {
    fc.assert(
      fc.property(
        someIntervals(6),
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom("random", "fixed"),
        fc.nat(2 ** 40),
        (intervals, length, frame, epoch) => {
          const { windows, tile } = epochTiles(intervals, length, frame, frames);
          const all = Array.from({ length: windows }, (_, slot) => tile(epoch, slot));
          expect(all).toEqual(naiveEpochTiles(intervals, length, frame, frames, epoch));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("has as many in every epoch as fit side by side from the first base, each whole in its interval", () => {
    fc.assert(
      fc.property(someIntervals(6), fc.integer({ min: 1, max: 15 }), (intervals, length) => {
        const fitting = intervals.flatMap((interval) =>
          sideBySide(interval.start, interval.end, length).map(() => interval),
        );
        for (const epoch of [0, 1, 17]) {
          const all = epochOf(intervals, length, epoch);
          expect(all).toHaveLength(fitting.length);
          for (const [slot, { contig, start, end }] of all.entries()) {
            const inside = fitting[slot] as Interval;
            expect(end - start).toBe(length);
            expect([contig, start >= inside.start, end <= inside.end]).toEqual([
              inside.contig,
              true,
              true,
            ]);
          }
        }
      }),
    );
  });

  it("covers no base twice, save with one window of an interval that its frame left out", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (size, length) => {
          const starts = epochOf([{ contig: "a", start: 5, end: 5 + size }], length, 3)
            .map(({ start }) => start)
            .slice(0, -1);
          for (const [i, start] of starts.entries()) {
            if (i > 0) expect(start).toBe((starts[i - 1] as number) + length);
          }
        },
      ),
    );
  });

  it.each([
    ["of whole tiles", 40, 10],
    ["of whole tiles and more", 47, 10],
    ["of one window and more", 17, 10],
    ["of one window", 10, 10],
  ])("takes every start of an interval %s equally often", (_what, size, length) => {
    const epochs = 6000;
    const counts = new Map<number, number>();
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const { start } of epochOf([{ contig: "a", start: 0, end: size }], length, epoch)) {
        counts.set(start, (counts.get(start) ?? 0) + 1);
      }
    }
    const starts = size - length + 1;
    expect(counts.size).toBe(starts);
    // Windows of one epoch are not independent of each other, so each start is judged by itself, at five errors.
    const share = Math.floor(size / length) / starts;
    const error = Math.sqrt((share * Math.max(0, 1 - share)) / epochs);
    for (const count of counts.values()) {
      expect(Math.abs(count / epochs - share)).toBeLessThanOrEqual(5 * error);
    }
  });

  it("gives epochs and intervals frames of their own", () => {
    const intervals = ["a", "b"].map((contig) => ({ contig, start: 0, end: 10_000 }));
    const { tile, windows } = epochTiles(intervals, 1000, "random", frames);
    const first = Array.from({ length: 20 }, (_, epoch) => tile(epoch, 0).start);
    const second = Array.from({ length: 20 }, (_, epoch) => tile(epoch, windows / 2).start);
    expect(new Set(first).size).toBeGreaterThan(15);
    expect(second).not.toEqual(first);
  });

  it("draws slots evenly, and starts evenly within their intervals", () => {
    const intervals = [
      { contig: "a", start: 0, end: 10 },
      { contig: "a", start: 100, end: 125 },
    ];
    const { drawn } = epochTiles(intervals, 10, "random", frames);
    const draws = 9000;
    const starts = Array.from({ length: draws }, (_, i) => drawn(random, i, 1).start);
    const ofFirst = starts.filter((start) => start === 0).length / draws;
    expect(Math.abs(ofFirst - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / draws));
    const others = starts.filter((start) => start !== 0);
    expect([Math.min(...others), Math.max(...others)]).toEqual([100, 115]);
    expect(new Set(others).size).toBe(16);

    const fixed = epochTiles(intervals, 10, "fixed", frames);
    const tiles = Array.from({ length: 200 }, (_, i) => fixed.drawn(random, i, 1).start);
    expect([...new Set(tiles)].sort((a, b) => a - b)).toEqual([0, 100, 110]);
  });

  it("finds a window of 35 billion bases of rows without making the others", () => {
    const rows = Array.from({ length: 34_021 }, (_, i) => ({
      contig: "chr1",
      start: 7000 * i,
      end: 7000 * i + 2 ** 20,
    }));
    const { windows, tile } = epochTiles(rows, 1024, "fixed", frames);
    expect(windows).toBe(34_021 * 1024);
    const start = 7000 * 34_020 + 1023 * 1024;
    expect(tile(0, windows - 1)).toEqual({ contig: "chr1", start, end: start + 1024 });
  });
});
