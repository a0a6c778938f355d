import { expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import { kmerDivergences } from "../../src/compare/kmer-divergences.ts";
import { compareKmers } from "../../src/compare/kmer-measures.ts";
import { randomIds } from "../support/random-ids.ts";

test("are those of a comparison, and nothing of a set and itself", () => {
  const sets = [1, 2].map((seed) =>
    Array.from({ length: 20 }, (_, i) => randomIds(90, 99 * seed + i)),
  );
  const [own = [], reference = []] = sets;
  const arms = dealArms(own, reference, 1);
  const { figures } = compareKmers(arms, { seed: 1, replicates: 20 }).spectrum;
  const found = kmerDivergences(arms.generated, arms.reference);
  expect(found).toEqual(figures.slice(0, 6).map(({ generated }) => generated.value));
  expect(kmerDivergences(own, own)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("of bases alone is the closed form", () => {
  const [a, b] = [[Uint8Array.of(0, 0, 0, 0)], [Uint8Array.of(0, 0, 1, 1)]] as const;
  // p = (1, 0), q = (1/2, 1/2), middle (3/4, 1/4)
  const expected = 0.5 * Math.log2(4 / 3) + 0.5 * (0.5 * Math.log2(2 / 3) + 0.5 * Math.log2(2));
  expect(kmerDivergences(a, b)[0]).toBeCloseTo(expected, 12);
});
