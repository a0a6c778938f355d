import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kmerGroups, SHARED_BASES } from "../../../src/data/labelled/kmer-groups.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { groupSizes, naiveGroups } from "../../naive/groups.ts";
import { isEqualOnAStrand, naiveKmers } from "../../naive/shared-kmers.ts";
import { sharedData } from "../../support/oracles.ts";
import { randomIds } from "../../support/random-ids.ts";
import { someSequences } from "./some-sequences.ts";

function idsOf(text: string): Uint8Array {
  return encodeBases(new TextEncoder().encode(text)).ids;
}

function naiveKmerGroups(sequences: readonly Uint8Array[], length: number): Int32Array {
  const kmers = sequences.map((ids) => naiveKmers(ids, length));
  return naiveGroups(sequences.length, (a, b) => {
    const [x, y] = [kmers[a] as Set<string>, kmers[b] as Set<string>];
    if ([...x].some((kmer) => y.has(kmer))) return true;
    return isEqualOnAStrand(sequences[a] as Uint8Array, sequences[b] as Uint8Array);
  });
}

describe("kmerGroups", () => {
  it("joins what comparing all k-mers of all pairs joins, in one round or many", () => {
    fc.assert(
      fc.property(
        someSequences(14, 60),
        fc.integer({ min: 2, max: 20 }),
        fc.constantFrom(1, 7, 100, 10_000),
        (sequences, length, mostKmers) => {
          expect(kmerGroups(sequences, { length, mostKmers })).toEqual(
            naiveKmerGroups(sequences, length),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it("wants 64 bases in a row on either strand, without an N in them", () => {
    const shared = randomIds(SHARED_BASES, 1);
    const withBoth = (middle: Uint8Array, seed: number): Uint8Array =>
      Uint8Array.from([...randomIds(30, seed), ...middle, ...randomIds(20, seed + 1)]);
    const withN = shared.with(40, 4);
    const sequences = [
      withBoth(shared, 10),
      withBoth(shared, 20),
      withBoth(reverseComplementIds(shared), 30),
      Uint8Array.from([4, ...shared.subarray(1), 4]), // 63 of them
      withBoth(withN, 40),
      withBoth(withN, 50),
    ];
    expect([...kmerGroups(sequences)]).toEqual([0, 0, 0, 1, 2, 3]);
  });

  it("joins equal sequences however short, of N alone too, and no others of theirs", () => {
    const texts = ["ACG", "CGT", "ACGT", "NNA", "TNN", "", "", "GC", "ANN"];
    expect([...kmerGroups(texts.map(idsOf))]).toEqual([0, 0, 1, 2, 2, 3, 3, 4, 5]);
    expect([...kmerGroups([])]).toEqual([]);
  });

  it("joins none whose hashes are equal by chance", () => {
    // Of 200,000 hashes of 32 bits, about 200,000² / 2^33 = 4.7 pairs are equal.
    const sequences = Array.from({ length: 200_000 }, (_, i) => randomIds(SHARED_BASES, i));
    expect(groupSizes(kmerGroups(sequences))).toHaveLength(200_000);
  });

  it("takes repeats that stand everywhere in linear time", () => {
    const sequences = Array.from({ length: 2000 }, (_, i) =>
      Uint8Array.from([...randomIds(20, i), ...new Uint8Array(400)]),
    );
    expect([...groupSizes(kmerGroups(sequences))]).toEqual([2000]);
  });

  describe.each([
    ["human_nontata_promoters", 9034, 5923, 98],
    ["human_enhancers_cohn", 6948, 6772, 107],
  ])("%s", (set, sequences, groups, largest) => {
    const path = sharedData(`genomic-benchmarks/sequences/${set}.test.tsv.gz`);
    it.skipIf(path === undefined)("has the groups that the specification counts", () => {
      const text = gunzipSync(readFileSync(path as string)).toString();
      const [, ...lines] = text.trimEnd().split("\n");
      const ids = lines.map((line) => idsOf(line.split("\t")[0] as string));
      const all = kmerGroups(ids);
      const sizes = groupSizes(all);
      expect([ids.length, sizes.length, Math.max(...sizes)]).toEqual([sequences, groups, largest]);
      expect(kmerGroups(ids, { mostKmers: 2 ** 19 })).toEqual(all);
    });
  });
});
