import { describe, expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import {
  compareRange,
  pairDistances,
  pairInformation,
} from "../../src/compare/mutual-information.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

test("distances: every one to 100, then ever wider apart, to the most", () => {
  expect(pairDistances(5)).toEqual([1, 2, 3, 4, 5]);
  const all = pairDistances(5000);
  expect(all.slice(0, 102)).toEqual([...Array.from({ length: 100 }, (_, i) => i + 1), 105, 111]);
  expect(all.at(-1)).toBeLessThanOrEqual(1000);
  expect(all.length).toBeLessThan(150);
  expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
  expect(pairDistances(0)).toEqual([]);
});

test("information by hand: of equal bases 2 bits, of independent ones none", () => {
  const same = new Float64Array(16);
  for (let base = 0; base < 4; base++) same[5 * base] = 10;
  expect(pairInformation(same)).toBeCloseTo(2, 14);
  expect(pairInformation(new Float64Array(16).fill(3))).toBe(0);
  expect(pairInformation(new Float64Array(16))).toBeNaN();
});

/** Every third base repeats the one before it by three with probability one half. */
function periodic(count: number, seed: number): Uint8Array[] {
  const next = xorshift32(seed);
  return Array.from({ length: count }, () => {
    const ids = new Uint8Array(150);
    for (let i = 0; i < 150; i++) {
      const isCopy = i % 3 === 0 && i >= 3 && next() < 0.5;
      ids[i] = isCopy ? (ids[i - 3] as number) : Math.floor(4 * next());
    }
    return ids;
  });
}

describe("sets", () => {
  const random = (count: number, seed: number) =>
    Array.from({ length: count }, (_, i) => randomIds(150, seed + i, 0.01));
  const arms = dealArms(periodic(60, 1), random(120, 7), 1);
  const { figures, curves } = compareRange(arms, { seed: 1, replicates: 40 });
  const points = curves[0]?.points ?? [];

  test("reach three quarters of the median length", () => {
    // ⌊0.75 · 150⌋ is 112; behind 100 come 105 and 111, one point together, then 117
    expect(points.at(-1)?.x).toBeCloseTo(Math.sqrt(105 * 111), 12);
  });

  test("a period of 3 is seen, in the set that has it", () => {
    const [near, far, period] = figures;
    expect(near?.difference.interval?.low).toBeGreaterThan(0);
    expect(period?.generated.interval?.low).toBeGreaterThan(0.001);
    expect(Math.abs(period?.real.value ?? 1)).toBeLessThan(0.001);
    expect(Math.abs(far?.difference.value ?? 1)).toBeLessThan(0.01);
  });

  test.skipIf(!hasPythonModule("sklearn"))("against scikit-learn's mutual information", () => {
    const code = `
import json, sys, math
from sklearn.metrics import mutual_info_score
sets, distances = json.loads(sys.argv[1])
out = []
for d in distances:
    pairs = [(a, b) for t in sets for a, b in zip(t, t[d:]) if a < 4 and b < 4]
    out.append(mutual_info_score(*zip(*pairs)) / math.log(2))
print(json.dumps(out))`;
    const distances = [...Array.from({ length: 100 }, (_, i) => i + 1), 105, 111];
    const question = [arms.real.map((ids) => [...ids]), distances];
    const bits: number[] = JSON.parse(runPython(code, [JSON.stringify(question)]));
    const at = (x: number): number => bits[distances.indexOf(x)] as number;
    const mean = (xs: readonly number[]): number =>
      xs.reduce((sum, x) => sum + at(x), 0) / xs.length;
    const thirds = Array.from({ length: 33 }, (_, i) => 3 * (i + 1));
    const contrasts = thirds.map((x) => at(x) - (at(x - 1) + at(x + 1)) / 2);
    const expected = [
      mean(distances.filter((x) => x <= 12)),
      mean(distances.filter((x) => x > 24)),
      contrasts.reduce((sum, x) => sum + x / 33, 0),
    ];
    for (const [i, value] of expected.entries()) {
      expect(figures[i]?.real.value).toBeCloseTo(value, 10);
    }
    // the curve: one by one to 24, then means of all up to 1.15 times the first of them
    const groups: number[][] = [];
    for (const x of distances) {
      const last = groups.at(-1);
      if (last === undefined || x <= 24 || x > 1.15 * (last[0] as number)) groups.push([x]);
      else last.push(x);
    }
    expect(points).toHaveLength(groups.length);
    for (const [i, group] of groups.entries()) {
      expect(points[i]?.real.value).toBeCloseTo(mean(group), 10);
    }
  });
});

test("sequences of one base have no pair", () => {
  const single = Array.from({ length: 4 }, () => Uint8Array.of(2));
  const { figures, curves } = compareRange(dealArms(single, single, 1), { seed: 1, replicates: 3 });
  expect(figures.map(({ generated }) => generated.value)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(curves[0]?.points).toEqual([]);
});
