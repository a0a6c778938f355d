import { describe, expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import {
  compareDiversity,
  copiedShare,
  distinctShare,
  meanCosine,
} from "../../src/compare/diversity.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { randomIds } from "../support/random-ids.ts";

const sequences = Array.from({ length: 24 }, (_, i) =>
  randomIds(i === 5 ? 4 : 70 + i, i + 1, 0.01),
);
const texts = sequences.map(decodeIds);
const once = (blocks: number): Float64Array => new Float64Array(blocks).fill(1);
const words = (text: string, k: number): string[] =>
  Array.from({ length: Math.max(0, text.length - k + 1) }, (_, i) => text.slice(i, i + k)).filter(
    (word) => !word.includes("N"),
  );

function naiveCosine(a: string, b: string): number {
  const count = (text: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const word of words(text, 6)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const [x, y] = [count(a), count(b)];
  const dot = [...x].reduce((sum, [word, n]) => sum + n * (y.get(word) ?? 0), 0);
  const length = (counts: Map<string, number>): number =>
    Math.sqrt([...counts.values()].reduce((s, n) => s + n * n, 0));
  return dot / (length(x) * length(y));
}

describe("mean cosine", () => {
  test("is that over all pairs; what has no word is left out", () => {
    const known = texts.filter((text) => words(text, 6).length > 0);
    let [sum, pairs] = [0, 0];
    for (const [i, a] of known.entries()) {
      for (const b of known.slice(i + 1)) {
        sum += naiveCosine(a, b);
        pairs++;
      }
    }
    expect(known).toHaveLength(23);
    for (const blocks of [24, 7]) {
      const [value] = meanCosine(sequences, blocks)(once(blocks), once(blocks));
      expect(value).toBeCloseTo(sum / pairs, 12);
    }
  });

  test("a draw pairs no sequence with a copy of itself", () => {
    const three = sequences.slice(0, 3);
    const [value] = meanCosine(three, 3)(Float64Array.of(2, 1, 0), once(3));
    expect(value).toBeCloseTo(naiveCosine(texts[0] as string, texts[1] as string), 12);
  });
});

describe("distinct words", () => {
  const share = (all: readonly string[]): number => {
    const found = all.flatMap((text) => words(text, 12));
    return new Set(found).size / found.length;
  };
  const repeated = [...sequences, ...sequences.slice(0, 6)];

  test("over all words", () => {
    const [value] = distinctShare(repeated, 30)(once(30), once(30));
    expect(value).toBeCloseTo(share(repeated.map(decodeIds)), 12);
    expect(value).toBeLessThan(0.9);
  });

  test("without a block, to first order", () => {
    const blocks = 10;
    const statistic = distinctShare(repeated, blocks);
    const left = once(blocks);
    left[3] = 0;
    const kept = repeated.filter((_, place) => Math.floor(place / 3) !== 3).map(decodeIds);
    expect(statistic(left, once(blocks))[0]).toBeCloseTo(share(kept), 12);
  });
});

test("copies count on either strand", () => {
  const flipped = (ids: Uint8Array): Uint8Array =>
    ids.map((_, i) => {
      const id = ids[ids.length - 1 - i] as number;
      return id < 4 ? 3 - id : id;
    });
  const [a, b, c, d] = sequences as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const set = [a, b, flipped(a), c, b, d];
  expect(copiedShare(set, 6)(once(6), once(6))[0]).toBeCloseTo(4 / 6, 14);
  expect(copiedShare([a, b, c, d], 4)(once(4), once(4))[0]).toBe(0);
});

test("a set of one has no pair", () => {
  const { figures } = compareDiversity(dealArms(sequences.slice(0, 1), sequences.slice(1), 1), {
    seed: 1,
    replicates: 3,
  });
  expect(figures.map(({ generated }) => generated.value)).toEqual([undefined, 1, 0]);
});
