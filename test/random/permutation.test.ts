import { describe, expect, it } from "vitest";
import { addressedRandom } from "../../src/random/addressed.ts";
import { permute } from "../../src/random/permutation.ts";
import { naivePermutation } from "../naive/permutation.ts";

const random = addressedRandom(3, "epochOrder");

function permutation(size: number, example: number): number[] {
  return Array.from({ length: size }, (_, i) => permute(i, size, random, example));
}

function count(counts: number[], cell: number): void {
  counts[cell] = (counts[cell] as number) + 1;
}

/** Σ (count − expected)² / expected. */
function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

/** The 0.9999 quantile of chi-square, by Wilson and Hilferty; good to 1 % from 3 degrees of freedom on. */
function limit(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.719 * Math.sqrt(spread)) ** 3;
}

describe("permute", () => {
  it("is a bijection for every size up to 300 and for sizes around squares and powers of two", () => {
    const sizes = Array.from({ length: 300 }, (_, i) => i + 1);
    for (const size of [
      ...sizes,
      1023,
      1024,
      1025,
      4095,
      4096,
      4097,
      9999,
      10_000,
      10_001,
      65_537,
    ]) {
      const seen = new Uint8Array(size);
      for (let i = 0; i < size; i++) {
        const at = permute(i, size, random, 7);
        seen[at] = (seen[at] as number) + 1;
      }
      expect(
        seen.every((count) => count === 1),
        `size ${size}`,
      ).toBe(true);
    }
  });

  it("equals the table that the whole network makes", () => {
    for (const size of [1, 2, 3, 5, 16, 17, 99, 100, 101, 1000, 1500]) {
      expect(permutation(size, 5)).toEqual(naivePermutation(size, random, 5));
    }
  });

  it("takes every order of up to six elements equally often over the examples", () => {
    for (const [size, orders] of [
      [2, 2],
      [3, 6],
      [4, 24],
      [5, 120],
      [6, 720],
    ] as const) {
      const each = 50;
      const counts = new Map<string, number>();
      for (let example = 0; example < each * orders; example++) {
        const key = permutation(size, example).join();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      expect(counts.size).toBe(orders);
      expect(chiSquare([...counts.values()], each), `size ${size}`).toBeLessThan(
        limit(Math.max(3, orders - 1)),
      );
    }
  });

  it("takes each element to every place equally often over the examples", () => {
    const [size, examples] = [37, 3700];
    const counts = Array.from({ length: size * size }, () => 0);
    for (let example = 0; example < examples; example++) {
      for (const [from, to] of permutation(size, example).entries())
        count(counts, from * size + to);
    }
    // 36 · 36 free counts: every row and column sums to the number of examples.
    expect(chiSquare(counts, examples / size)).toBeLessThan(limit(36 * 36));
  });

  it("sends neighbours independently of each other", () => {
    const size = 100_000;
    const bins = 20;
    const counts = Array.from({ length: bins * bins }, () => 0);
    let before = permute(0, size, random, 1);
    for (let i = 1; i < size; i++) {
      const at = permute(i, size, random, 1);
      count(counts, Math.floor((bins * before) / size) * bins + Math.floor((bins * at) / size));
      before = at;
    }
    expect(chiSquare(counts, (size - 1) / bins ** 2)).toBeLessThan(limit(bins ** 2 - 1));
  });

  it("has one fixed point, one descent in two and cycles as long as chance makes them", () => {
    const [size, examples] = [500, 400];
    let fixed = 0;
    let descents = 0;
    let cycles = 0;
    for (let example = 0; example < examples; example++) {
      const to = permutation(size, example);
      for (const [i, at] of to.entries()) {
        if (at === i) fixed++;
        if (i > 0 && at < (to[i - 1] as number)) descents++;
      }
      const seen = new Uint8Array(size);
      for (let i = 0; i < size; i++) {
        if (seen[i] === 1) continue;
        cycles++;
        for (let at = i; seen[at] === 0; at = to[at] as number) seen[at] = 1;
      }
    }
    // Poisson(1) fixed points; (n − 1)/2 descents of variance (n + 1)/12; H_n cycles of variance about H_n − π²/6.
    const harmonic = Array.from({ length: size }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
    const within = (sum: number, mean: number, variance: number): void =>
      expect(Math.abs(sum / examples - mean)).toBeLessThan(4 * Math.sqrt(variance / examples));
    within(fixed, 1, 1);
    within(descents, (size - 1) / 2, (size + 1) / 12);
    within(cycles, harmonic, harmonic - Math.PI ** 2 / 6);
  });

  it("differs between examples and between seeds", () => {
    expect(permutation(100, 0)).not.toEqual(permutation(100, 1));
    const other = addressedRandom(4, "epochOrder");
    expect(Array.from({ length: 100 }, (_, i) => permute(i, 100, other, 0))).not.toEqual(
      permutation(100, 0),
    );
  });

  it("stays exact for sizes beyond 32 bits", () => {
    const size = 2 ** 45 + 11;
    const seen = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      const at = permute(size - 1 - i, size, random, 2 ** 40);
      expect(Number.isSafeInteger(at) && at >= 0 && at < size).toBe(true);
      seen.add(at);
    }
    expect(seen.size).toBe(2000);
  });

  it.each([-1, 10, 0.5, Number.NaN])("refuses index %d of 10", (index) => {
    expect(() => permute(index, 10, random, 0)).toThrow(
      new RangeError(`internal: expected an index in 0 … 9, got ${index}`),
    );
  });
});
