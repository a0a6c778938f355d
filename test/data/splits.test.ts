import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdOutContigEnds } from "../../src/data/hold-out.ts";
import { mergeIntervals, SPLIT_NAMES, splitOverlaps } from "../../src/data/splits.ts";
import type { Interval } from "../../src/genome/interval.ts";

const CONTIG_BASES = 24;

/** Intervals on three short contigs, the empty and the touching among them. */
const intervals = fc.array(
  fc
    .tuple(
      fc.constantFrom("a", "ab", "b"),
      fc.integer({ min: 0, max: CONTIG_BASES }),
      fc.integer({ min: 0, max: 6 }),
    )
    .map(([contig, start, length]) => ({
      contig,
      start,
      end: Math.min(CONTIG_BASES, start + length),
    })),
  { maxLength: 7 },
);

/** Every base of some intervals, one entry a base and interval. */
function basesOf(list: readonly Interval[]): string[] {
  return list.flatMap(({ contig, start, end }) =>
    Array.from({ length: end - start }, (_, i) => `${contig}:${start + i}`),
  );
}

const sorted = (bases: Iterable<string>): string[] => [...bases].sort();

describe("mergeIntervals", () => {
  it("covers the same bases once, in order, with a gap between neighbours", () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const merged = mergeIntervals(list);
        expect(sorted(basesOf(merged))).toEqual(sorted(new Set(basesOf(list))));
        for (const [i, next] of merged.entries()) {
          expect(next.start).toBeLessThan(next.end);
          const last = merged[i - 1];
          if (last?.contig === next.contig) expect(last.end).toBeLessThan(next.start);
          else if (last !== undefined) expect(last.contig < next.contig).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("splitOverlaps", () => {
  it("finds exactly the bases that two splits share, by brute force", () => {
    fc.assert(
      fc.property(intervals, intervals, intervals, (train, valid, test) => {
        const splits = { train, valid, test };
        const overlaps = splitOverlaps(splits);
        for (const [i, first] of SPLIT_NAMES.entries()) {
          for (const second of SPLIT_NAMES.slice(i + 1)) {
            const other = new Set(basesOf(splits[second]));
            const shared = new Set(basesOf(splits[first]).filter((base) => other.has(base)));
            const found = overlaps.filter((o) => o.first === first && o.second === second);
            expect(sorted(basesOf(found.map(({ interval }) => interval)))).toEqual(sorted(shared));
            for (const { interval } of found) expect(interval.start).toBeLessThan(interval.end);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("takes splits that touch, and an empty interval within another split, as disjoint", () => {
    const at = (start: number, end: number): Interval => ({ contig: "a", start, end });
    expect(
      splitOverlaps({ train: [at(0, 10)], valid: [at(10, 12), at(5, 5)], test: [at(12, 20)] }),
    ).toEqual([]);
  });
});

describe("holdOutContigEnds", () => {
  it("keeps nine tenths of each contig for training, the next twentieth valid, the last test", () => {
    expect(holdOutContigEnds([{ name: "chr1", length: 1000 }])).toEqual({
      train: [{ contig: "chr1", start: 0, end: 900 }],
      valid: [{ contig: "chr1", start: 900, end: 950 }],
      test: [{ contig: "chr1", start: 950, end: 1000 }],
    });
  });

  it("cuts contigs of any length into three that cover each base once", () => {
    for (let length = 1; length < 200; length++) {
      const splits = holdOutContigEnds([{ name: "a", length }]);
      const all = SPLIT_NAMES.flatMap((name) => basesOf(splits[name]));
      expect(all).toEqual(basesOf([{ contig: "a", start: 0, end: length }]));
      expect(splitOverlaps(splits)).toEqual([]);
    }
  });
});
