import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalGroups } from "../../../src/data/labelled/interval-groups.ts";
import type { Interval } from "../../../src/genome/interval.ts";
import { groupSizes, naiveGroups } from "../../naive/groups.ts";
import { someIntervals } from "../some-intervals.ts";

describe("intervalGroups", () => {
  it("joins what looking at every pair joins", () => {
    fc.assert(
      fc.property(someIntervals(20, 100), (intervals) => {
        const expected = naiveGroups(intervals.length, (a, b) => {
          const [x, y] = [intervals[a] as Interval, intervals[b] as Interval];
          return x.contig === y.contig && Math.max(x.start, y.start) < Math.min(x.end, y.end);
        });
        expect(intervalGroups(intervals)).toEqual(expected);
        expect(groupSizes(expected).reduce((sum, size) => sum + size, 0)).toBe(intervals.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("joins those that a long one holds, and not those that touch", () => {
    const on = (contig: string, start: number, end: number): Interval => ({ contig, start, end });
    const intervals = [
      on("1", 10, 20),
      on("1", 90, 100),
      on("1", 0, 95),
      on("1", 100, 110),
      on("2", 10, 20),
      on("1", 105, 105),
    ];
    expect([...intervalGroups(intervals)]).toEqual([0, 0, 0, 1, 2, 3]);
    expect([...groupSizes(intervalGroups(intervals))]).toEqual([3, 1, 1, 1]);
  });

  it("takes none, and hundreds of thousands that hang together", () => {
    expect([...intervalGroups([])]).toEqual([]);
    expect([...groupSizes(new Int32Array(0))]).toEqual([]);
    const chain = Array.from({ length: 300_000 }, (_, i) => ({
      contig: "1",
      start: 10 * i,
      end: 10 * i + 11,
    }));
    expect([...groupSizes(intervalGroups(chain))]).toEqual([300_000]);
  });
});
