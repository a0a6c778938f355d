import { describe, expect, it } from "vitest";
import { sequenceLeaks } from "../../../src/data/labelled/sequence-leaks.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { isEqualOnAStrand, naiveKmers } from "../../naive/shared-kmers.ts";
import { randomIds } from "../../support/random-ids.ts";

describe("sequenceLeaks", () => {
  it("says of each sequence what comparing every pair says", () => {
    const text = randomIds(6000, 7, 0.003);
    const cut = (i: number): Uint8Array => {
      const length = [20, 70, 150][i % 3] as number;
      const at = (i * 1237) % 5800;
      const ids = i % 4 === 0 ? randomIds(length, i) : text.slice(at, at + length);
      return i % 5 === 0 ? reverseComplementIds(ids) : ids;
    };
    const train = Array.from({ length: 60 }, (_, i) => cut(i));
    const test = [
      ...Array.from({ length: 60 }, (_, i) => cut(i + 60)),
      ...train.slice(0, 6).map(reverseComplementIds),
      ...train.slice(6, 12),
    ];
    const { isCopy, sharesBases } = sequenceLeaks(test, train);
    const kmers = train.map((ids) => naiveKmers(ids, 64));
    const expected = test.map((ids) => {
      const copy = train.some((other) => isEqualOnAStrand(ids, other));
      const own = [...naiveKmers(ids, 64)];
      const shares = kmers.some((others) => own.some((kmer) => others.has(kmer)));
      return [Number(copy), Number(copy || shares)];
    });
    expect(test.map((_, i) => [isCopy[i], sharesBases[i]])).toEqual(expected);
    expect(expected.filter(([copy]) => copy === 1).length).toBeGreaterThanOrEqual(12);
    expect(expected.filter(([copy, shares]) => copy === 0 && shares === 1)).not.toEqual([]);
    expect(expected.filter(([, shares]) => shares === 0)).not.toEqual([]);
  });
});
