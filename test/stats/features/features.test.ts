import { describe, expect, it } from "vitest";
import { binnedFeatures, quantileCuts } from "../../../src/stats/features/binned-features.ts";
import type { FeatureMatrix } from "../../../src/stats/features/feature-matrix.ts";
import { gcShare } from "../../../src/stats/features/gc-share.ts";
import { kmerFeatures } from "../../../src/stats/features/kmer-features.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { denseFeatures } from "../../naive/dense-features.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";

const encode = (text: string): Uint8Array => encodeBases(new TextEncoder().encode(text)).ids;

/** The whole matrix, a column at a time by products with unit vectors. */
function rowsOf(features: FeatureMatrix): number[][] {
  const rows = Array.from({ length: features.rows }, (): number[] => []);
  const out = new Float64Array(features.rows);
  for (let column = 0; column < features.columns; column++) {
    const unit = new Float64Array(features.columns);
    unit[column] = 1;
    features.times(unit, out);
    for (const [i, row] of rows.entries()) row.push(out[i] as number);
  }
  return rows;
}

/** Number of times each word occurs in `text`, by looking at every place. */
function countWords(text: string, words: readonly string[]): number[] {
  return words.map((word) => {
    let count = 0;
    for (let i = 0; i + word.length <= text.length; i++) if (text.startsWith(word, i)) count++;
    return count;
  });
}

const LETTERS = [..."ACGT"];
const DIMERS = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));
const twin = (word: string): string =>
  [...word]
    .reverse()
    .map((base) => LETTERS[3 - LETTERS.indexOf(base)])
    .join("");

describe("kmerFeatures", () => {
  const texts = ["ACACACGT", "AAAANTTTA", "A", "", "NNNN", "GGCCTTAAGC"];
  const ids = texts.map(encode);

  it("is ln(1 + count) of every word, none across N, none in what is too short", () => {
    const expected = texts.map((text) => countWords(text, DIMERS).map((n) => Math.log(1 + n)));
    const rows = rowsOf(kmerFeatures(ids, { length: 2, isStrandless: false }));
    rows.forEach((row, i) => {
      row.forEach((value, column) => {
        expect(value).toBeCloseTo(expected[i]?.[column] as number, 15);
      });
    });
    expect(rows[2]).toEqual(Array(16).fill(0));
  });

  it("adds a word and its reverse complement, a palindrome once", () => {
    const words = DIMERS.filter((word) => word <= twin(word));
    expect(words).toHaveLength(10);
    const features = kmerFeatures(ids, { length: 2, isStrandless: true });
    expect(features.columns).toBe(10);
    rowsOf(features).forEach((row, i) => {
      const both = words.map((word) =>
        countWords(texts[i] as string, word === twin(word) ? [word] : [word, twin(word)]),
      );
      both.forEach((counts, column) => {
        const sum = counts.reduce((a, b) => a + b);
        expect(row[column]).toBeCloseTo(Math.log(1 + sum), 15);
      });
    });
    const random = [randomIds(300, 5, 0.02)];
    const reversed = random.map((one) =>
      one.map((_, i, all) => {
        const id = all[all.length - 1 - i] as number;
        return id < 4 ? 3 - id : id;
      }),
    );
    const options = { length: 6, isStrandless: true };
    expect(rowsOf(kmerFeatures(reversed, options))).toEqual(rowsOf(kmerFeatures(random, options)));
    expect(kmerFeatures(random, options).columns).toBe(2080); // (4096 + 64 palindromes) / 2
  });

  it("refuses lengths that it cannot number", () => {
    for (const length of [0, 2.5, 9]) {
      expect(() => kmerFeatures([], { length, isStrandless: false })).toThrow(
        new RangeError(`internal: expected k-mers of 1 … 8 bases, got ${length}`),
      );
    }
  });

  it("counts a repeat of any length", () => {
    // AA begins at every place but the last
    for (const bases of [65_536, 65_537, 2 ** 20]) {
      for (const isStrandless of [true, false]) {
        const features = kmerFeatures([encode("AC"), new Uint8Array(bases)], {
          ...{ length: 2, isStrandless },
        });
        expect(rowsOf(features)[1]?.[0]).toBe(Math.log1p(bases - 1));
      }
    }
  });
});

describe("a feature matrix", () => {
  const sequences = Array.from({ length: 30 }, (_, i) => randomIds(40 + i, 100 + i, 0.05));
  const sparse = kmerFeatures(sequences, { length: 3, isStrandless: false });
  const dense = denseFeatures(Float64Array.from(rowsOf(sparse).flat()), 64);

  it("has the same products and moments stored sparsely as in full", () => {
    const next = xorshift32(1);
    const weights = Float64Array.from({ length: 64 }, next);
    const values = Float64Array.from({ length: 30 }, next);
    const rows = rowsOf(dense);
    for (const features of [sparse, dense]) {
      const times = new Float64Array(30).fill(7);
      const transposed = new Float64Array(64).fill(7);
      features.times(weights, times);
      features.transposedTimes(values, transposed);
      times.forEach((value, i) => {
        const sum = rows[i]?.reduce((total, x, j) => total + x * (weights[j] as number), 0);
        expect(value).toBeCloseTo(sum as number, 12);
      });
      const { mean, deviation } = features.moments();
      for (let column = 0; column < 64; column++) {
        const numbers = rows.map((row) => row[column] as number);
        const product = numbers.reduce((sum, x, i) => sum + x * (values[i] as number), 0);
        expect(transposed[column]).toBeCloseTo(product, 12);
        const average = numbers.reduce((a, b) => a + b) / 30;
        const squares = numbers.reduce((sum, x) => sum + (x - average) ** 2, 0);
        expect(mean[column]).toBeCloseTo(average, 13);
        expect(deviation[column]).toBeCloseTo(Math.sqrt(squares / 30), 13);
      }
    }
  });
});

describe("quantileCuts and binnedFeatures", () => {
  it("make bins of about equal size, and one of its own for a number that many share", () => {
    const even = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    const features = binnedFeatures(even, quantileCuts(even, 4));
    const sizes = features.moments().mean.map((share) => Math.round(100 * share));
    expect([...sizes]).toEqual([25, 25, 25, 25]);
    const shared = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? 200 : 201 + i));
    const cuts = quantileCuts(shared, 10);
    expect(cuts[0]).toBe(200);
    const rows = rowsOf(binnedFeatures(Float64Array.of(199, 200, 201, 9e9), cuts));
    const bins = rows.map((row) => row.indexOf(1));
    expect(bins).toEqual([0, 1, 1, cuts.length]);
    expect(rows.every((row) => row.filter((value) => value !== 0).length === 1)).toBe(true);
  });
});

describe("gcShare", () => {
  it("counts bases only", () => {
    expect(gcShare(encode("GCNNAT"))).toBe(0.5);
    expect(gcShare(encode("gGc"))).toBe(1);
    expect(gcShare(encode("NN"))).toBeUndefined();
  });
});
