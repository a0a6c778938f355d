import { describe, expect, test } from "vitest";
import { midRanks, pearson, spearman } from "../../src/stats/correlation.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { xorshift32 } from "../support/random-ids.ts";

test("ranks by hand, equal values at their mean", () => {
  expect([...midRanks(Float64Array.of(5, 1, 5, 0, 5))]).toEqual([4, 2, 4, 1, 4]);
  expect([...midRanks(new Float64Array(0))]).toEqual([]);
});

test("a line is 1, its mirror −1, a curve that rises has ranks of 1", () => {
  const x = Float64Array.of(1, 2, 3, 4);
  expect(
    pearson(
      x,
      x.map((value) => 3 * value - 7),
    ),
  ).toBeCloseTo(1, 15);
  expect(
    pearson(
      x,
      x.map((value) => -value),
    ),
  ).toBeCloseTo(-1, 15);
  expect(spearman(x, x.map(Math.exp))).toBeCloseTo(1, 15);
  expect(pearson(x, x.map(Math.exp))).toBeLessThan(0.95);
});

test("nothing to correlate is NaN", () => {
  const x = Float64Array.of(1, 2, 3);
  expect(pearson(x, Float64Array.of(2, 2, 2))).toBeNaN();
  expect(spearman(Float64Array.of(1), Float64Array.of(1))).toBeNaN();
});

describe.skipIf(!hasPythonModule("scipy"))("against SciPy", () => {
  test("Pearson and Spearman, with many equal values", () => {
    const next = xorshift32(3);
    const cases = [5, 40, 300].map((size) =>
      [0, 1].map(() => Float64Array.from({ length: size }, () => Math.floor(12 * next() ** 2))),
    ) as [Float64Array, Float64Array][];
    const code = `
import json, sys
from scipy import stats
print(json.dumps([[stats.pearsonr(x, y)[0], stats.spearmanr(x, y)[0]] for x, y in json.loads(sys.argv[1])]))`;
    const question = cases.map((pair) => pair.map((one) => [...one]));
    const expected: number[][] = JSON.parse(runPython(code, [JSON.stringify(question)]));
    for (const [i, [x, y]] of cases.entries()) {
      expect(pearson(x, y)).toBeCloseTo(expected[i]?.[0] as number, 12);
      expect(spearman(x, y)).toBeCloseTo(expected[i]?.[1] as number, 12);
    }
  });
});
