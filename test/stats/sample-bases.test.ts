import { expect, test } from "vitest";
import { addressedRandom } from "../../src/random/addressed.ts";
import type { BaseModel } from "../../src/stats/base-model.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { sampleBases } from "../../src/stats/sample-bases.ts";

const uniform = (example: number) => (position: number) =>
  addressedRandom(5, "markovSample").uniform(example, 0, position);

test("words come as often as the model says, from the first base on", () => {
  // p(base | before): the same base again with 0.7, each other one with 0.1; the first base 0.4, 0.3, 0.2, 0.1
  const first = [0.4, 0.3, 0.2, 0.1];
  const model: BaseModel = {
    maxOrder: 1,
    probability: (kmer, order) => {
      if (order === 0) return first[kmer] as number;
      return kmer >> 2 === (kmer & 3) ? 0.7 : 0.1;
    },
  };
  const draws = 20_000;
  const seen = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const word = sampleBases(model, 3, uniform(i)).join("");
    seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  let chiSquare = 0;
  for (let word = 0; word < 64; word++) {
    const [a, b, c] = [word >> 4, (word >> 2) & 3, word & 3] as const;
    const expected = draws * (first[a] as number) * (a === b ? 0.7 : 0.1) * (b === c ? 0.7 : 0.1);
    chiSquare += ((seen.get(`${a}${b}${c}`) ?? 0) - expected) ** 2 / expected;
  }
  expect(chiSquare).toBeLessThan(103.4); // 63 degrees of freedom, p = 0.001
});

test("what was counted comes back: words of a Markov model are those it learnt", () => {
  const counter = new ContextCounter(2);
  counter.add(Uint8Array.from({ length: 999 }, (_, i) => i % 3)); // ACGACG…, and CGTCGT… on the other strand
  const ids = sampleBases(markovModel(counter.finish(), 2), 5000, uniform(1));
  let follows = 0;
  for (let i = 2; i < ids.length; i++) {
    if (((ids[i - 2] as number) + 1) % 4 === ids[i - 1]) follows++;
  }
  expect(follows / ids.length).toBeGreaterThan(0.6);
  expect(sampleBases(markovModel(new ContextCounter(0).finish(), 0), 4, () => 0.99)).toEqual(
    Uint8Array.of(3, 3, 3, 3),
  );
});
