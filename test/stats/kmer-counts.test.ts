import { describe, expect, it } from "vitest";
import { kmerCounts } from "../../src/stats/kmer-counts.ts";
import { naiveText } from "../naive/context-model.ts";
import { randomIds } from "../support/random-ids.ts";

describe("kmerCounts", () => {
  it("counts every stretch of k known bases once", () => {
    const ids = randomIds(500, 61, 0.05);
    const text = naiveText(ids);
    for (const k of [1, 2, 3, 6]) {
      const expected = new Uint32Array(4 ** k);
      for (let i = 0; i + k <= text.length; i++) {
        const kmer = text.slice(i, i + k);
        if (kmer.includes("N")) continue;
        const code = [...kmer].reduce((sum, letter) => 4 * sum + "ACGT".indexOf(letter), 0);
        expected[code] = (expected[code] as number) + 1;
      }
      expect(kmerCounts(ids, k)).toEqual(expected);
    }
  });

  it("is all 0 for a sequence shorter than k", () => {
    expect(kmerCounts(Uint8Array.of(0, 1), 3)).toEqual(new Uint32Array(64));
  });
});
