import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leakage } from "../../../src/data/audit/leakage.ts";
import { deduplicateTest } from "../../../src/data/labelled/deduplicate-test.ts";
import { intervalLeaks } from "../../../src/data/labelled/interval-leaks.ts";
import { readLabelledSet } from "../../../src/data/labelled/node-read-labelled-set.ts";
import { sharedData } from "../../support/oracles.ts";
import { someIntervals } from "../some-intervals.ts";

const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);

describe("intervalLeaks", () => {
  it("says of each interval what looking at every pair says", () => {
    fc.assert(
      fc.property(someIntervals(12, 20), someIntervals(12, 20), (all, train) => {
        const test = all.filter(({ start, end }) => start < end);
        const { isCopy, isHalfCovered } = intervalLeaks(test, train);
        for (const [i, { contig, start, end }] of test.entries()) {
          const others = train.filter((other) => other.contig === contig);
          expect(isCopy[i]).toBe(
            Number(others.some((other) => other.start === start && other.end === end)),
          );
          const shared = others.map(
            (other) => Math.min(end, other.end) - Math.max(start, other.start),
          );
          expect(isHalfCovered[i]).toBe(Number(shared.some((n) => 2 * n >= end - start)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("finds the leaks of the Genomic Benchmarks that the specification counts", async () => {
    const folder = sharedData("genomic-benchmarks/intervals");
    if (folder === undefined) return;
    // Test intervals, exact duplicates, and those half covered in per cent: the table of spec 4.7.
    const expected = new Map([
      ["human_enhancers_ensembl", [30_970, 11_694, "38.1"]],
      ["human_nontata_promoters", [9034, 0, "47.5"]],
      ["demo_human_or_worm", [25_000, 4, "3.8"]],
      ["human_enhancers_cohn", [6948, 0, "0.3"]],
      ["dummy_mouse_enhancers_ensembl", [242, 0, "0.0"]],
      ["human_ensembl_regulatory", [57_713, 0, "0.0"]],
    ]);
    for (const [name, row] of expected) {
      const set = await readLabelledSet(join(folder, name));
      const leaks = intervalLeaks(set.test, set.train);
      const halfCovered = sum(leaks.isHalfCovered);
      expect([
        set.test.length,
        sum(leaks.isCopy),
        ((100 * halfCovered) / set.test.length).toFixed(1),
      ]).toEqual(row);
      const [all] = leakage(set);
      expect([all?.copies, all?.halfCovered]).toEqual([sum(leaks.isCopy), halfCovered]);
      const left = (rule: "copies" | "half-covered"): number =>
        deduplicateTest({ intervals: leaks }, rule).length;
      expect([left("copies"), left("half-covered")]).toEqual([
        set.test.length - sum(leaks.isCopy),
        set.test.length - halfCovered,
      ]);
    }
  });
});
