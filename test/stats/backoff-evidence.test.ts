import { describe, expect, it } from "vitest";
import { BackoffEvidence } from "../../src/stats/backoff-evidence.ts";
import { ContextCounter, contextTotal } from "../../src/stats/context-counts.ts";
import { RollingContext } from "../../src/stats/rolling-context.ts";
import { randomIds, randomPieces } from "../support/random-ids.ts";

const counter = new ContextCounter(3);
counter.add(randomIds(2000, 41));
const counts = counter.finish();
const validation = randomIds(1000, 42, 0.05);

function evidenceOf(pieces: readonly Uint8Array[], limit: number) {
  const evidence = new BackoffEvidence(counts, limit);
  for (const piece of pieces) evidence.add(piece);
  return evidence.byOrder();
}

describe("BackoffEvidence", () => {
  it("holds both counts of every validation base, 0 where the context is too short", () => {
    const byOrder = evidenceOf([validation], 5000);
    const context = new RollingContext(3);
    let at = 0;
    for (const id of validation) {
      if (!context.push(id)) continue;
      byOrder.forEach(({ seen, total }, k) => {
        const ofOrder = counts.byOrder[k] as Uint32Array;
        const kmer = context.kmer % 4 ** (k + 1);
        expect(seen[at]).toBe(k <= context.order ? ofOrder[kmer] : 0);
        expect(total[at]).toBe(k <= context.order ? contextTotal(ofOrder, kmer) : 0);
      });
      at++;
    }
    expect(byOrder.map(({ seen }) => seen.length)).toEqual([at, at, at, at]);
  });

  it("keeps every 2^j-th scored base beyond its limit", () => {
    const all = evidenceOf([validation], 5000);
    for (const limit of [2, 3, 100, 237, 900]) {
      const kept = evidenceOf([validation], limit);
      const scored = all[3]?.seen.length as number;
      let stride = 1;
      while (Math.ceil(scored / stride) > limit) stride *= 2;
      expect(kept[3]?.seen).toEqual(all[3]?.seen.filter((_, i) => i % stride === 0));
      expect(kept[0]?.total).toEqual(all[0]?.total.filter((_, i) => i % stride === 0));
    }
  });

  it("does not depend on how the sequence is cut", () => {
    const whole = evidenceOf([validation], 100);
    for (let seed = 0; seed < 5; seed++) {
      expect(evidenceOf(randomPieces(validation, 9, seed), 100)).toEqual(whole);
    }
  });

  it("starts each contig without context", () => {
    const evidence = new BackoffEvidence(counts);
    evidence.add(Uint8Array.of(0, 1));
    evidence.endContig();
    evidence.add(Uint8Array.of(2));
    expect(evidence.byOrder()[1]?.total[2]).toBe(0);
    expect(evidence.byOrder()[1]?.total[1]).toBeGreaterThan(0);
  });
});
