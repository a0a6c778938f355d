import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leakage } from "../../../src/data/audit/leakage.ts";
import type { LabelledInterval } from "../../../src/data/labelled/labelled-interval.ts";
import { naiveLeakage } from "../../naive/leakage.ts";
import { someIntervals } from "../some-intervals.ts";

const labelled = (count: number): fc.Arbitrary<LabelledInterval[]> =>
  fc
    .tuple(someIntervals(count, 12), fc.infiniteStream(fc.constantFrom("enhancer", "ocr")))
    .map(([intervals, labels]) =>
      intervals
        .filter(({ start, end }) => start < end)
        .map((interval) => ({ ...interval, label: labels.next().value ?? "ocr" })),
    );

describe("leakage", () => {
  it("counts what looking at every pair counts, in all and by class", () => {
    fc.assert(
      fc.property(labelled(12), labelled(12), (train, test) => {
        const [all, ...classes] = leakage({ name: "set", train, test });
        expect(all).toMatchObject({ set: "set", label: undefined, ...naiveLeakage(train, test) });
        const labels = [...new Set([...train, ...test].map(({ label }) => label))].sort();
        expect(classes.map(({ label }) => label)).toEqual(labels);
        for (const row of classes) {
          const own = test.filter(({ label }) => label === row.label);
          expect(row).toMatchObject(naiveLeakage(train, own));
          const trains = train.filter(({ label }) => label === row.label);
          const places = new Set(
            trains.map(({ contig, start, end }) => [contig, start, end].join()),
          );
          expect([row.trains, row.repeatedTrains]).toEqual([
            trains.length,
            trains.length - places.size,
          ]);
        }
        expect(all?.trains).toBe(train.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("does not look at strands, and knows contigs apart", () => {
    const at = { start: 5, end: 15, label: "a" };
    const rows = leakage({
      name: "set",
      train: [{ ...at, contig: "1", strand: "+" }],
      test: [
        { ...at, contig: "1", strand: "-" },
        { ...at, contig: "2", strand: "+" },
      ],
    });
    expect(rows[0]).toMatchObject({ tests: 2, overlapping: 1, copies: 1 });
  });

  it("takes long training intervals that begin far before, and hundreds of thousands of intervals", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => ({
      contig: "1",
      start: 100 * i,
      end: 100 * i + 50,
      label: "a",
    }));
    const test = many.map((interval) => ({
      ...interval,
      start: interval.start + 50,
      end: interval.end + 50,
    }));
    expect(leakage({ name: "set", train: many, test })[0]).toMatchObject({ overlapping: 0 });
    const whole = { contig: "1", start: 0, end: 20_000_000, label: "b" };
    expect(leakage({ name: "set", train: [...many, whole], test })[0]).toMatchObject({
      halfCovered: 200_000,
      halfCoveredSameLabel: 0,
    });
  });
});
