import { describe, expect, it } from "vitest";
import {
  ContextCounter,
  type ContextCounts,
  checkCounterRange,
  contextTotal,
} from "../../src/stats/context-counts.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { naiveKmerCounts, naiveText } from "../naive/context-model.ts";
import { randomIds, randomPieces } from "../support/random-ids.ts";

function countContigs(contigs: readonly Uint8Array[], maxOrder: number): ContextCounts {
  const counter = new ContextCounter(maxOrder);
  for (const contig of contigs) {
    counter.add(contig);
    counter.endContig();
  }
  return counter.finish();
}

/** All counts above 0 by k-mer text. */
function asMap(counts: Uint32Array, length: number): Map<string, number> {
  const map = new Map<string, number>();
  counts.forEach((count, kmer) => {
    if (count === 0) return;
    const ids = Array.from({ length }, (_, i) => Math.floor(kmer / 4 ** (length - 1 - i)) % 4);
    map.set(naiveText(ids), count);
  });
  return map;
}

const sorted = (map: Map<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe("ContextCounter", () => {
  it("equals counting k-mers of both strands with a Map, at every order, with N and short contigs", () => {
    const contigs = [
      randomIds(400, 1, 0.05),
      randomIds(3, 2),
      new Uint8Array(0),
      randomIds(50, 3, 0.5),
    ];
    const counts = countContigs(contigs, 6);
    for (let k = 0; k <= 6; k++) {
      const expected = naiveKmerCounts(contigs.map(naiveText), k + 1);
      expect(sorted(asMap(counts.byOrder[k] as Uint32Array, k + 1))).toEqual(sorted(expected));
    }
  });

  it("gives the same counts however the contig is cut into pieces", () => {
    const contig = randomIds(2000, 4, 0.01);
    const whole = countContigs([contig], 5);
    for (let seed = 0; seed < 20; seed++) {
      const counter = new ContextCounter(5);
      for (const piece of randomPieces(contig, 1 + seed * 7, seed)) counter.add(piece);
      expect(counter.finish().byOrder).toEqual(whole.byOrder);
    }
  });

  it("keeps contexts of one contig out of the next", () => {
    const together = countContigs([randomIds(100, 5)], 2);
    const apart = countContigs(
      [randomIds(100, 5).subarray(0, 50), randomIds(100, 5).subarray(50)],
      2,
    );
    const total = (counts: ContextCounts, k: number) =>
      (counts.byOrder[k] as Uint32Array).reduce((sum, count) => sum + count, 0);
    expect([0, 1, 2].map((k) => total(together, k) - total(apart, k))).toEqual([0, 2, 4]);
  });

  it("counts a contig and its reverse complement alike", () => {
    const contig = randomIds(1000, 6, 0.02);
    expect(countContigs([reverseComplementIds(contig)], 7).byOrder).toEqual(
      countContigs([contig], 7).byOrder,
    );
  });

  it("has as many contexts as their next bases", () => {
    const counts = countContigs([randomIds(200, 7)], 1);
    const pairs = counts.byOrder[1] as Uint32Array;
    for (let kmer = 0; kmer < 16; kmer++) {
      const first = Math.floor(kmer / 4) * 4;
      const sum = pairs.subarray(first, first + 4).reduce((total, count) => total + count, 0);
      expect(contextTotal(pairs, kmer)).toBe(sum);
    }
  });

  it("is used up by finish", () => {
    const counter = new ContextCounter(1);
    counter.finish();
    expect(() => counter.finish()).toThrow(
      new RangeError("internal: expected one call of finish(), got two"),
    );
  });
});

describe("checkCounterRange", () => {
  it("accepts the human genome on both strands", () => {
    checkCounterRange(Float64Array.of(898e6, 623e6, 626e6, 901e6));
  });

  it("refuses more of one base than a counter holds", () => {
    expect(() => checkCounterRange(Float64Array.of(2 ** 31, 0, 0, 2 ** 31))).toThrow(
      new RangeError(
        "expected at most 4294967295 of one base on both strands, got 4294967296: count fewer contigs",
      ),
    );
  });
});
