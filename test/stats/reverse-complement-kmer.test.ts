import { describe, expect, it } from "vitest";
import { addOtherStrand, reverseComplementKmer } from "../../src/stats/reverse-complement-kmer.ts";
import { naiveReverseComplement, naiveText } from "../naive/context-model.ts";

/** Text of a k-mer code. */
function textOf(kmer: number, length: number): string {
  return naiveText(Array.from({ length }, (_, i) => Math.floor(kmer / 4 ** (length - 1 - i)) % 4));
}

describe("reverseComplementKmer", () => {
  it("equals the reverse complement of the text for every k-mer of 1 to 5 bases", () => {
    for (let length = 1; length <= 5; length++) {
      for (let kmer = 0; kmer < 4 ** length; kmer++) {
        const twin = reverseComplementKmer(kmer, length);
        expect(textOf(twin, length)).toBe(naiveReverseComplement(textOf(kmer, length)));
      }
    }
  });

  it("is its own inverse at 13 bases", () => {
    for (const kmer of [0, 1, 4 ** 13 - 1, 12_345_678, 67_000_001]) {
      const twin = reverseComplementKmer(kmer, 13);
      expect(textOf(twin, 13)).toBe(naiveReverseComplement(textOf(kmer, 13)));
      expect(reverseComplementKmer(twin, 13)).toBe(kmer);
    }
  });
});

describe("addOtherStrand", () => {
  it.each([
    ["all", (kmer: number) => kmer * kmer],
    ["few", (kmer: number) => (kmer % 3 === 0 ? kmer : 0)],
  ])("sums each pair of twins and doubles palindromes, where %s are above 0", (_, count) => {
    const counts = Uint32Array.from({ length: 16 }, (_, kmer) => count(kmer));
    const before = counts.slice();
    addOtherStrand(counts, 2);
    const sums = before.map(
      (count, kmer) => count + (before[reverseComplementKmer(kmer, 2)] as number),
    );
    expect(counts).toEqual(sums);
    expect(counts[3]).toBe(2 * count(3)); // AT
  });
});
