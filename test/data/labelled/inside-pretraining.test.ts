import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { insidePretraining } from "../../../src/data/labelled/inside-pretraining.ts";
import { someIntervals } from "../some-intervals.ts";

describe("insidePretraining", () => {
  it("counts the bases that asking base by base counts", () => {
    fc.assert(
      fc.property(someIntervals(12), someIntervals(12), (intervals, regions) => {
        const expected = intervals.map(({ contig, start, end }) => {
          let inside = 0;
          for (let base = start; base < end; base++) {
            const isIn = regions.some(
              (region) => region.contig === contig && region.start <= base && base < region.end,
            );
            inside += Number(isIn);
          }
          return start === end ? 0 : inside / (end - start);
        });
        expect([...insidePretraining(intervals, regions)]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("says nothing of intervals without regions", () => {
    expect([...insidePretraining([{ contig: "1", start: 0, end: 10 }], [])]).toEqual([0]);
    expect([...insidePretraining([], [{ contig: "1", start: 0, end: 10 }])]).toEqual([]);
  });
});
