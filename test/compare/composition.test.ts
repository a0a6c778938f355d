import { describe, expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import { compareComposition } from "../../src/compare/composition.ts";
import type { Figure, MeasureResult } from "../../src/compare/figure.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

/** Sequences of different lengths and GC, some with N. */
function uneven(count: number, seed: number): Uint8Array[] {
  const next = xorshift32(seed);
  return Array.from({ length: count }, (_, i) => {
    const share = 0.2 + 0.6 * next();
    return Uint8Array.from({ length: 60 + (i % 40) }, () => {
      const u = next();
      if (u < 0.02) return 4;
      return next() < share ? (next() < 0.5 ? 1 : 2) : next() < 0.5 ? 0 : 3;
    });
  });
}

const arms = dealArms(uneven(40, 1), uneven(90, 2), 1);
const result = compareComposition(arms, { seed: 1, replicates: 20 });
const text = (sequences: readonly Uint8Array[]): string[] => sequences.map(decodeIds);
const count = (texts: readonly string[], word: string): number =>
  texts.reduce((sum, one) => {
    let here = 0;
    for (let i = 0; i + word.length <= one.length; i++) if (one.startsWith(word, i)) here++;
    return sum + here;
  }, 0);
const shares = (texts: readonly string[]): number[] =>
  texts.map((one) => (count([one], "G") + count([one], "C")) / (one.length - count([one], "N")));

function named({ figures, details }: MeasureResult, name: string): Figure {
  const found = [...figures, ...details].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no figure ${name}`);
  return found;
}

describe.each(["generated", "real"] as const)(
  "%s: every number by naive loops over letters",
  (arm) => {
    const own = text(arms[arm]);
    const reference = text(arms.reference);
    const value = (name: string): number => named(result, name)[arm].value as number;

    test("mean and deviation of GC", () => {
      const all = shares(own);
      const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
      expect(value("gc-mean")).toBeCloseTo(mean, 12);
      const variance = all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length;
      expect(value("gc-deviation")).toBeCloseTo(Math.sqrt(variance), 10);
    });

    test("distance of the histograms of whole percents: the area between their cumulative shares", () => {
      const below = (texts: readonly string[], limit: number): number =>
        shares(texts).filter((x) => Math.floor(100 * x) <= limit).length / texts.length;
      let area = 0;
      for (let limit = 0; limit < 100; limit++)
        area += Math.abs(below(own, limit) - below(reference, limit)) / 100;
      expect(value("gc-distance")).toBeCloseTo(area, 12);
    });

    test("CpG and odds ratios", () => {
      const bases = [..."ACGT"].map((base) => count(own, base));
      const all = bases.reduce((sum, n) => sum + n, 0);
      const cpg = (all * count(own, "CG")) / ((bases[1] as number) * (bases[2] as number));
      expect(value("cpg")).toBeCloseTo(cpg, 12);
      const odds = (texts: readonly string[], pair: string): number => {
        const pairs = [..."ACGT"].flatMap((a) => [..."ACGT"].map((b) => count(texts, a + b)));
        const letters = [..."ACGT"].reduce((sum, base) => sum + count(texts, base), 0);
        const [a, b] = [...pair].map((base) => count(texts, base) / letters) as [number, number];
        return count(texts, pair) / pairs.reduce((sum, n) => sum + n, 0) / (a * b);
      };
      const pairs = [..."ACGT"].flatMap((a) => [..."ACGT"].map((b) => a + b));
      for (const pair of pairs) expect(value(`odds-${pair}`)).toBeCloseTo(odds(own, pair), 11);
      const distance = pairs.reduce(
        (sum, pair) => sum + Math.abs(odds(own, pair) - odds(reference, pair)) / 16,
        0,
      );
      expect(value("dinucleotide-distance")).toBeCloseTo(distance, 11);
    });

    test("the histogram's curve sums to 1", () => {
      const [curve] = result.curves;
      const sum = curve?.points.reduce((total, point) => total + (point[arm].value as number), 0);
      expect(sum).toBeCloseTo(1, 12);
      const inBin = shares(own).filter((x) => x >= 0.4 && x < 0.42).length / own.length;
      expect(curve?.points[20]?.[arm].value).toBeCloseTo(inBin, 12);
      expect(curve?.points[20]?.x).toBeCloseTo(0.41, 12);
    });
  },
);

test("sequences of N alone have no composition", () => {
  const nothing = Array.from({ length: 2 }, () => new Uint8Array(9).fill(4));
  const { figures } = compareComposition(dealArms(nothing, nothing, 1), { seed: 1, replicates: 5 });
  expect(figures.map(({ generated }) => generated.value)).toEqual(figures.map(() => undefined));
});

test("one sequence of each: values, and no interval", () => {
  const three = [1, 2, 3].map((seed) => randomIds(50, seed));
  const { figures } = compareComposition(dealArms(three.slice(0, 1), three.slice(1), 1), {
    seed: 1,
    replicates: 5,
  });
  expect(figures[0]?.generated.value).toBeGreaterThan(0);
  expect(figures[0]?.generated.interval).toBeUndefined();
});
