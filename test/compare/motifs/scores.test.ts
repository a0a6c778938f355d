import { describe, expect, test } from "vitest";
import type { Motif } from "../../../src/compare/motifs/motif.ts";
import { motifScanner, readForScan } from "../../../src/compare/motifs/scan-motif.ts";
import { reversedScores, scoreLaw, scoreMatrix } from "../../../src/compare/motifs/score-matrix.ts";
import { decodeIds } from "../../../src/tokens/encode.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";
import { consensus, encode, flipped, UNIFORM } from "./motif-fixture.ts";

const SKEWED = Float64Array.of(0.3, 0.2, 0.2, 0.3);

function randomMotif(width: number, seed: number): Motif {
  const next = xorshift32(seed);
  const rows = Array.from({ length: width }, () => {
    const row = [next(), next(), next(), next()].map((x) => (x < 0.2 ? 0 : x ** 3));
    const sum = row.reduce((total, x) => total + x, 0) || 1;
    return sum === 1 ? [1, 0, 0, 0] : row.map((x) => x / sum);
  });
  return { name: `m${seed}`, probabilities: Float64Array.from(rows.flat()), sites: 20 };
}

/** Whole hundredths of bits of a word, from the definition. */
function naiveScore(
  word: string,
  { probabilities, sites }: Motif,
  background: Float64Array,
): number {
  return [...word].reduce((sum, letter, column) => {
    const bits = [..."ACGT"].map((_, base) => {
      const q = background[base] as number;
      const p = (sites * (probabilities[4 * column + base] as number) + 0.1 * q) / (sites + 0.1);
      return Math.log2(p / q);
    });
    return sum + Math.round(100 * ((bits["ACGT".indexOf(letter)] as number) - Math.min(...bits)));
  }, 0);
}

function* words(width: number): Generator<string> {
  for (let code = 0; code < 4 ** width; code++) {
    yield Array.from({ length: width }, (_, i) => "ACGT"[(code >> (2 * (width - 1 - i))) & 3]).join(
      "",
    );
  }
}

const chance = (word: string, background: Float64Array): number =>
  [...word].reduce((p, letter) => p * (background["ACGT".indexOf(letter)] as number), 1);

describe("the distribution of scores", () => {
  test.each([
    [randomMotif(1, 1), UNIFORM],
    [randomMotif(4, 2), SKEWED],
    [randomMotif(6, 3), SKEWED],
    [consensus("TATAWR"), SKEWED],
  ])("is that of all words, each by its probability (%#)", (motif, background) => {
    const { scores, width } = scoreMatrix(motif, background, 1e-4);
    const law = scoreLaw(scores, background);
    const expected = new Map<number, number>();
    for (const word of words(width)) {
      const score = naiveScore(word, motif, background);
      expected.set(score, (expected.get(score) ?? 0) + chance(word, background));
    }
    expect(law.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    for (const [score, p] of law.entries()) expect(p).toBeCloseTo(expected.get(score) ?? 0, 13);
  });

  test.each([
    [randomMotif(6, 4), 0.01],
    [randomMotif(7, 5), 1e-3],
    [randomMotif(5, 6), 0.2],
  ])("the threshold is the lowest with that probability (%#)", (motif, most) => {
    const { threshold, pValue } = scoreMatrix(motif, SKEWED, most);
    const all = [...words(motif.probabilities.length / 4)].map(
      (word) => [naiveScore(word, motif, SKEWED), chance(word, SKEWED)] as const,
    );
    const tail = (limit: number): number =>
      all.reduce((sum, [score, p]) => sum + (score >= limit ? p : 0), 0);
    expect(pValue).toBeCloseTo(tail(threshold), 12);
    expect(pValue).toBeLessThanOrEqual(most);
    const lower = Math.max(...all.map(([score]) => score).filter((score) => score < threshold));
    expect(tail(lower)).toBeGreaterThan(most);
  });

  test("of a motif too short for it, hits are the best words", () => {
    const { threshold, pValue } = scoreMatrix(consensus("YYANWYY"), UNIFORM, 1e-4);
    expect(pValue).toBeCloseTo(128 / 4 ** 7, 14); // 2⁵ · 4 words
    const best = [...words(7)].filter(
      (word) => naiveScore(word, consensus("YYANWYY"), UNIFORM) >= threshold,
    );
    expect(best.every((word) => /^[CT]{2}A.[AT][CT]{2}$/.test(word))).toBe(true);
    expect(best).toHaveLength(128);
  });
});

describe("scanning", () => {
  test("the other strand is columns and bases turned around", () => {
    const scores = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect([...reversedScores(scores)]).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test.each([
    [randomMotif(1, 11), 0.5],
    [randomMotif(5, 12), 0.02],
    [randomMotif(6, 13), 0.01],
    [randomMotif(7, 14), 0.01],
    [randomMotif(13, 15), 1e-3],
    [consensus("TGACGTCA"), 1e-4],
  ])("finds what scoring every word on both strands finds (%#)", (motif, most) => {
    const matrix = scoreMatrix(motif, SKEWED, most);
    const width = matrix.width;
    const text = `${decodeIds(randomIds(3000, 5, 0.01))}TGACGTCA${decodeIds(randomIds(400, 6))}`;
    let expected = 0;
    for (let i = 0; i + width <= text.length; i++) {
      const word = text.slice(i, i + width);
      if (word.includes("N")) continue;
      const isHit = [word, flipped(word)].some(
        (one) => naiveScore(one, motif, SKEWED) >= matrix.threshold,
      );
      if (isHit) expected++;
    }
    expect(motifScanner(matrix)(readForScan(encode(text)))).toBe(expected);
    expect(expected).toBeGreaterThan(0);
  });

  test("a sequence shorter than the motif, or empty, has no place for it", () => {
    const scan = motifScanner(scoreMatrix(consensus("TATAWAAR"), UNIFORM, 1e-4));
    expect(
      ["TATAAAA", "", "TATAAAAN", "TATAAAAG"].map((text) => scan(readForScan(encode(text)))),
    ).toEqual([0, 0, 0, 1]);
  });
});
