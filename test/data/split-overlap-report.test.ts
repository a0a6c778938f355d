import { describe, expect, it } from "vitest";
import {
  expectDisjoint,
  formatPairOverlap,
  pairOverlaps,
} from "../../src/data/split-overlap-report.ts";
import { RegionError } from "../../src/errors.ts";
import type { Interval } from "../../src/genome/interval.ts";

const at = (start: number, end: number): Interval => ({ contig: "chr1", start, end });

describe("pairOverlaps", () => {
  it("sums what pairs of splits share, against the bases of the one held out, counted once", () => {
    const splits = {
      train: [at(0, 1000), at(2000, 2100)],
      valid: [at(900, 1300), at(1000, 1300), at(2050, 2060)],
      test: [at(1290, 1310)],
    };
    expect(pairOverlaps(splits)).toEqual([
      {
        first: "train",
        second: "valid",
        bases: 110,
        ofBases: 410,
        stretches: [at(900, 1000), at(2050, 2060)],
      },
      { first: "valid", second: "test", bases: 10, ofBases: 20, stretches: [at(1290, 1300)] },
    ]);
  });
});

describe("formatPairOverlap", () => {
  it("says bases and their share", () => {
    const pair = { first: "train", second: "test", stretches: [] } as const;
    expect(formatPairOverlap({ ...pair, bases: 1234, ofBases: 10_000 })).toBe(
      "train and test share 1,234 bases (12.3 % of test)",
    );
    expect(formatPairOverlap({ ...pair, bases: 1, ofBases: 3_000_000 })).toBe(
      "train and test share 1 base (0.0000333 % of test)",
    );
  });
});

describe("expectDisjoint", () => {
  it("takes splits that touch", () => {
    expectDisjoint({ train: [at(0, 10)], valid: [at(10, 20)], test: [] });
  });

  it("names the largest overlaps of each pair", () => {
    const splits = {
      train: [at(0, 10_000)],
      valid: [at(0, 10), at(20, 50), at(100, 200), at(300, 305), at(400, 410)],
      test: [at(9999, 10_001)],
    };
    expect(() => expectDisjoint(splits)).toThrow(
      new RegionError(
        "expected splits without a base in common (--strict-split), but " +
          "train and valid share 155 bases (100 % of valid): chr1:101-200 chr1:21-50 chr1:1-10 and 2 more; " +
          "train and test share 1 base (50 % of test): chr1:10,000-10,000 (cut the regions, or leave the flag out)",
      ),
    );
  });
});
