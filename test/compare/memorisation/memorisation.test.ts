import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ArmMatches,
  compareMemorisation,
} from "../../../src/compare/memorisation/compare-memorisation.ts";
import { matchReader } from "../../../src/compare/memorisation/longest-matches.ts";
import { suffixAutomaton } from "../../../src/compare/memorisation/suffix-automaton.ts";
import { decodeIds, encodeBases } from "../../../src/tokens/encode.ts";
import { randomIds, randomPieces, xorshift32 } from "../../support/random-ids.ts";

const encode = (text: string): Uint8Array => encodeBases(new TextEncoder().encode(text)).ids;
const flipped = (text: string): string =>
  [...text]
    .reverse()
    .map((letter) => ({ A: "T", C: "G", G: "C", T: "A" })[letter] ?? letter)
    .join("");

/** The longest stretch of `query` without N that a contig holds on either strand, by trying all. */
function naiveLongest(query: string, contigs: readonly string[]): number {
  let most = 0;
  for (let from = 0; from < query.length; from++) {
    for (let to = from + most + 1; to <= query.length; to++) {
      const word = query.slice(from, to);
      if (word.includes("N")) break;
      if (!contigs.some((contig) => contig.includes(word) || contig.includes(flipped(word)))) break;
      most = to - from;
    }
  }
  return most;
}

function longest(queries: readonly string[], contigs: readonly string[]): number[] {
  const reader = matchReader(queries.map(encode));
  for (const contig of contigs) {
    reader.push(encode(contig));
    reader.endContig();
  }
  return [...reader.finish()];
}

describe("longest matches", () => {
  test.each([
    [["ACGT"], ["ACGT"], [4]],
    [["AACG"], ["CGTT"], [4]], // the other strand
    [["AAAA"], ["CCCC"], [0]],
    [["AANAA"], ["AAAAA"], [2]],
    [["AAAAA"], ["AANAA"], [2]],
    [["ACGTA"], ["ACG", "TA"], [3]], // contigs do not run on into each other; ACG and CGT
    [["ACGGA", "GGATC", "ACGGA"], ["TTACGGATCTT"], [5, 5, 5]],
    [[""], ["ACGT"], [0]],
    [["N"], ["ACGT"], [0]],
  ])("%j in %j are %j", (queries, contigs, expected) => {
    expect(longest(queries, contigs)).toEqual(expected);
  });

  test("as trying all stretches finds, whatever the letters", () => {
    const word = (most: number): fc.Arbitrary<string> =>
      fc
        .array(fc.constantFrom("A", "A", "A", "C", "C", "G", "T", "N"), { maxLength: most })
        .map((one) => one.join(""));
    fc.assert(
      fc.property(
        fc.array(word(14), { minLength: 1, maxLength: 5 }),
        fc.array(word(40), { maxLength: 3 }),
        (queries, contigs) => {
          expect(longest(queries, contigs)).toEqual(
            queries.map((query) => naiveLongest(query, contigs)),
          );
        },
      ),
      { numRuns: 400, seed: 1 },
    );
  });

  test("planted stretches are found in random text, cut anywhere", () => {
    const next = xorshift32(4);
    const text = randomIds(60_000, 1);
    const queries = Array.from({ length: 12 }, (_, i) => {
      const query = randomIds(200, 50 + i);
      const length = 20 + 12 * i;
      const from = Math.floor(next() * (text.length - length));
      const stretch = text.subarray(from, from + length);
      query.set(i % 2 === 0 ? stretch : encode(flipped(decodeIds(stretch))), 10);
      return query;
    });
    const reader = matchReader(queries);
    for (const piece of randomPieces(text, 40, 9)) reader.push(piece);
    const found = [...reader.finish()];
    for (const [i, length] of found.entries()) {
      expect(length).toBeGreaterThanOrEqual(20 + 12 * i);
      expect(length).toBeLessThanOrEqual(20 + 12 * i + 8); // bases beside it may fit by chance
    }
  });
});

test("the automaton holds every word of its sequences, and no other", () => {
  const texts = ["ACGACGA", "GACGT", "", "TTNTTA"];
  const { states, next, longest: lengths } = suffixAutomaton(texts.map(encode));
  const holds = (word: string): boolean => {
    let state = 0;
    for (const id of encode(word)) {
      state = next[4 * state + id] as number;
      if (state === 0) return false; // no step leads to the root
    }
    return true;
  };
  for (let length = 1; length <= 4; length++) {
    for (let code = 0; code < 4 ** length; code++) {
      const word = Array.from({ length }, (_, i) => "ACGT"[(code >> (2 * i)) & 3]).join("");
      expect(holds(word), word).toBe(texts.some((text) => text.includes(word)));
    }
  }
  expect(states).toBeLessThanOrEqual(2 * texts.join("").length);
  expect(Math.max(...lengths)).toBe(7);
});

describe("the measure", () => {
  const arm = (matches: Uint32Array): ArmMatches => ({
    matches,
    lengths: new Uint32Array(matches.length).fill(300),
  });
  const lengths = (count: number, seed: number): Uint32Array => {
    const next = xorshift32(seed);
    return Uint32Array.from({ length: count }, () => 12 + Math.floor(6 * next()));
  };

  test("means, shares and their curve", () => {
    const generated = lengths(100, 1);
    generated.fill(200, 0, 10);
    generated[10] = 50;
    generated[11] = 49;
    const { figures, curves } = compareMemorisation(arm(generated), arm(lengths(100, 2)), {
      seed: 1,
      replicates: 100,
    });
    const [mean, share, half] = figures;
    expect(half?.generated.value).toBeCloseTo(0.1, 12);
    expect(half?.real.value).toBe(0);
    expect(mean?.generated.value).toBeCloseTo(
      generated.reduce((sum, one) => sum + one, 0) / 100,
      12,
    );
    expect(share?.generated.value).toBeCloseTo(0.11, 12);
    expect(share?.real.value).toBe(0);
    expect(share?.difference.interval?.low).toBeGreaterThan(0.04);
    expect(mean?.ratio.value).toBeGreaterThan(2);
    const points = curves[0]?.points ?? [];
    expect(points[0]).toMatchObject({ x: 10, generated: { value: 1 }, real: { value: 1 } });
    expect(points.at(-1)?.generated.value).toBe(0); // beyond the longest
    for (const { x, generated: at } of points) {
      expect(at.value).toBeCloseTo([...generated].filter((one) => one >= x).length / 100, 12);
    }
  });

  test("without any match", () => {
    const none = arm(new Uint32Array(5));
    const { figures } = compareMemorisation(none, none, { seed: 1, replicates: 10 });
    expect(figures[0]?.generated.value).toBe(0);
    expect(figures[0]?.ratio.value).toBeUndefined();
  });
});
