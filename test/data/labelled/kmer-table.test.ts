import { describe, expect, it } from "vitest";
import { canonicalKmers } from "../../../src/data/labelled/canonical-kmers.ts";
import { kmerTable } from "../../../src/data/labelled/kmer-table.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { naiveKmers } from "../../naive/shared-kmers.ts";
import { randomIds } from "../../support/random-ids.ts";

describe("canonicalKmers", () => {
  it.each([1, 2, 5, 24])(
    "has one hash for both strands of %i bases, and few for others",
    (length) => {
      const ids = randomIds(2000, 3, 0.01);
      const hashesOf = (of: Uint8Array): number[] => {
        const hashes: number[] = [];
        canonicalKmers(length)(of, (hash, start) => {
          hashes.push(hash);
          expect(of.subarray(start, start + length).includes(4)).toBe(false);
        });
        return hashes;
      };
      const hashes = hashesOf(ids);
      expect(hashesOf(reverseComplementIds(ids)).reverse()).toEqual(hashes);
      expect(new Set(hashes).size).toBe(naiveKmers(ids, length).size);
      const windows = ids.length - length + 1;
      expect(hashes.length).toBe(
        Array.from({ length: windows }, (_, i) => ids.subarray(i, i + length)).filter(
          (kmer) => !kmer.includes(4),
        ).length,
      );
    },
  );
});

describe("kmerTable", () => {
  const sequences = [Uint8Array.of(0, 1, 2, 3, 3), Uint8Array.of(1, 1, 1), Uint8Array.of(0, 0, 3)];

  it("knows k-mers of equal hashes apart, and strands not", () => {
    const table = kmerTable(sequences, 2, 4);
    const hash = -5;
    // AC, CG, GT (is AC), TT, CC, AA (is TT)
    const entries = [
      table.add(hash, 0, 0),
      table.add(hash, 0, 1),
      table.add(hash, 0, 2),
      table.add(hash, 0, 3),
      table.add(hash, 1, 0),
      table.add(hash, 2, 0),
    ];
    expect(entries).toEqual([0, 1, 0, 2, 3, 2]);
    expect([table.size, table.sequenceOf(2), table.sequenceOf(3)]).toEqual([4, 0, 1]);
    expect(table.find(hash, Uint8Array.of(3, 2, 2), 1)).toBe(3); // GG
    expect(table.find(hash, Uint8Array.of(0, 3), 0)).toBeUndefined(); // AT
    expect(table.find(hash + 1, Uint8Array.of(0, 1), 0)).toBeUndefined();
    table.clear();
    expect([table.size, table.find(hash, Uint8Array.of(0, 1), 0)]).toEqual([0, undefined]);
    expect(table.add(hash, 1, 0)).toBe(0);
  });

  it("grows beyond what was expected, and finds all again", () => {
    const many = [randomIds(5000, 9)];
    const table = kmerTable(many, 12, 10);
    const walk = canonicalKmers(12);
    const ids = many[0] as Uint8Array;
    const entries: number[] = [];
    walk(ids, (hash, start) => entries.push(table.add(hash, 0, start)));
    expect(table.size).toBe(naiveKmers(ids, 12).size);
    const found: (number | undefined)[] = [];
    walk(ids, (hash, start) => found.push(table.find(hash, ids.slice(), start)));
    expect(found).toEqual(entries);
  });
});
