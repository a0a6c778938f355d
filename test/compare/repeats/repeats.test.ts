import { describe, expect, test } from "vitest";
import { dealArms } from "../../../src/compare/arms.ts";
import { compareRepeats } from "../../../src/compare/repeats/compare-repeats.ts";
import { visitRuns } from "../../../src/compare/repeats/homopolymers.ts";
import { maskLowComplexity } from "../../../src/compare/repeats/low-complexity.ts";
import { tandemUnits } from "../../../src/compare/repeats/tandem-repeats.ts";
import { decodeIds, encodeBases } from "../../../src/tokens/encode.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";

const encode = (text: string): Uint8Array => encodeBases(new TextEncoder().encode(text)).ids;

/** Random letters with simple stretches and N here and there. */
function patchy(length: number, seed: number): string {
  const next = xorshift32(seed);
  let text = "";
  while (text.length < length) {
    const kind = next();
    const letter = (): string => "ACGT"[Math.floor(4 * next())] as string;
    const unit = Array.from({ length: 1 + Math.floor(4 * next()) }, letter).join("");
    if (kind < 0.35) text += unit.repeat(2 + Math.floor(7 * next()));
    else if (kind < 0.4) text += "N";
    else text += Array.from({ length: 12 }, letter).join("");
  }
  return text.slice(0, length);
}

/** The definition of DUST, interval by interval: scores of all, perfect ones by looking at all within. */
function naiveDust(text: string): string {
  const score = (from: number, to: number): number => {
    const inside = text.slice(from, to);
    const triplets = inside.length - 2;
    if (inside.includes("N") || triplets < 2) return 0;
    const counts = new Map<string, number>();
    for (let i = 0; i < triplets; i++) {
      const triplet = inside.slice(i, i + 3);
      counts.set(triplet, (counts.get(triplet) ?? 0) + 1);
    }
    return [...counts.values()].reduce((sum, c) => sum + (c * (c - 1)) / 2, 0) / (triplets - 1);
  };
  const scores = new Map<string, number>();
  const known = (from: number, to: number): number => {
    const key = `${from} ${to}`;
    const value = scores.get(key) ?? score(from, to);
    scores.set(key, value);
    return value;
  };
  const masked = [...text].map(() => "0");
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 4; to <= Math.min(text.length, from + 64); to++) {
      const own = known(from, to);
      if (own <= 2) continue;
      let isPerfect = true;
      for (let a = from; a < to && isPerfect; a++) {
        for (let b = a + 4; b <= to && isPerfect; b++) if (known(a, b) > own) isPerfect = false;
      }
      if (isPerfect) masked.fill("1", from, to);
    }
  }
  return masked.join("");
}

describe("low complexity", () => {
  test.each([
    ["ACGTTGCATGCCATCGAT", 0],
    ["A".repeat(8), 8],
    ["AAAAAA", 0], // 4 triplets, 6 pairs: a score of 2, not above it
    ["ACACACACACACAC", 14],
    ["AAAANAAAA", 0],
    ["", 0],
    ["AC", 0],
  ])("%s has %d bases of it", (text, bases) => {
    expect(maskLowComplexity(encode(text)).reduce((sum, one) => sum + one, 0)).toBe(bases);
  });

  test.each([1, 3, 4])("as the definition says, interval by interval (%d)", (seed) => {
    const text = patchy(130, seed);
    const found = maskLowComplexity(encode(text)).join("");
    expect(found).toBe(naiveDust(text));
    expect(found).toContain("1");
    expect(found).toContain("0");
  });
});

/** For each base the shortest unit of a stretch of three copies and 12 bases around it, by trying every stretch. */
function naiveTandem(text: string): number[] {
  return [...text].map((_, at) => {
    for (let unit = 1; unit <= 50; unit++) {
      const least = Math.max(3 * unit, 12);
      for (
        let from = Math.max(0, at - least + 1);
        from <= at && from + least <= text.length;
        from++
      ) {
        const stretch = text.slice(from, from + least);
        const repeats = [...stretch].every(
          (letter, i) => letter !== "N" && letter === stretch[i % unit],
        );
        if (repeats) return unit;
      }
    }
    return 0;
  });
}

describe("tandem repeats", () => {
  test.each([
    ["A".repeat(11), 0, 0],
    ["A".repeat(12), 12, 1],
    ["CAGCAGCAGCAG", 12, 3],
    ["CAGCAGCAGCA", 0, 0],
    [`${"ACGTTGCA".repeat(3)}`, 24, 8],
    ["ACGTTGCA".repeat(3).slice(0, 23), 0, 0],
    ["ACACACNACACAC", 0, 0],
  ])("%s has %d bases in units of %d", (text, bases, unit) => {
    const units = [...tandemUnits(encode(text))].filter((one) => one > 0);
    expect(units).toHaveLength(bases);
    if (bases > 0) expect(new Set(units)).toEqual(new Set([unit]));
  });

  test.each([5, 6, 7])("as trying every stretch finds (%d)", (seed) => {
    const text = patchy(400, seed);
    expect([...tandemUnits(encode(text))]).toEqual(naiveTandem(text));
  });
});

test("runs of one base, by a pattern of text", () => {
  for (const seed of [8, 9]) {
    const text = patchy(300, seed);
    const expected = [...text.matchAll(/([ACGT])\1*/g)].map(([run]) => run.length);
    const found: number[] = [];
    visitRuns(encode(text), (length) => void found.push(length));
    expect(found).toEqual(expected);
  }
});

test("figures are shares and rates of whole sets", () => {
  const simple = Array.from({ length: 12 }, (_, i) => encode(patchy(80, 20 + i)));
  const random = Array.from({ length: 24 }, (_, i) => randomIds(80, 300 + i));
  const arms = dealArms(simple, random, 1);
  const { figures, details, curves } = compareRepeats(arms, { seed: 1, replicates: 30 });
  const texts = arms.generated.map(decodeIds);
  const bases = texts.reduce((sum, text) => sum + text.replaceAll("N", "").length, 0);
  const all = (of: (text: string) => number): number =>
    texts.reduce((sum, text) => sum + of(text), 0);
  const masked = all((text) => [...naiveDust(text)].filter((one) => one === "1").length);
  const units = texts.map(naiveTandem);
  const runs = texts.flatMap((text) =>
    [...text.matchAll(/([ACGT])\1*/g)].map(([run]) => run.length),
  );
  expect(figures.map(({ name }) => name)).toEqual([
    "low-complexity",
    "long-runs",
    "run-divergence",
    "tandem",
  ]);
  expect(figures[0]?.generated.value).toBeCloseTo(masked / bases, 12);
  expect(figures[1]?.generated.value).toBeCloseTo(
    (1000 * runs.filter((run) => run >= 6).length) / bases,
    12,
  );
  expect(figures[3]?.generated.value).toBeCloseTo(
    units.flat().filter((unit) => unit > 0).length / bases,
    12,
  );
  expect(details[1]?.generated.value).toBeCloseTo(
    units.flat().filter((unit) => unit === 2).length / bases,
    12,
  );
  expect(curves[0]?.points[2]?.generated.value).toBeCloseTo(
    (1000 * runs.filter((run) => run === 3).length) / bases,
    12,
  );
  for (const at of [0, 3]) expect(figures[at]?.difference.interval?.low).toBeGreaterThan(0);
});
