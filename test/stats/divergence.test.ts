import { describe, expect, test } from "vitest";
import { jensenShannonBits, total, wassersteinBins } from "../../src/stats/divergence.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { xorshift32 } from "../support/random-ids.ts";

function histograms(seed: number, bins: number): [Float64Array, Float64Array] {
  const next = xorshift32(seed);
  const one = (): Float64Array =>
    Float64Array.from({ length: bins }, () => (next() < 0.3 ? 0 : Math.floor(50 * next())));
  return [one(), one()];
}

const CASES = [3, 16, 100].flatMap((bins) => [1, 2, 3].map((seed) => histograms(seed, bins)));

test("by hand: the same is 0, what shares no bin is one bit apart, a half is between", () => {
  const [left, right] = [Float64Array.of(3, 0), Float64Array.of(0, 7)];
  expect(jensenShannonBits(left, Float64Array.of(9, 0))).toBe(0);
  expect(jensenShannonBits(left, right)).toBe(1);
  const half = Float64Array.of(1, 1); // against (1, 0): H(3/4, 1/4) − H(1/2, 1/2) / 2
  const entropy = -0.75 * Math.log2(0.75) - 0.25 * Math.log2(0.25);
  expect(jensenShannonBits(left, half)).toBeCloseTo(entropy - 0.5, 14);
});

test("by hand: moving everything two bins on is a distance of two", () => {
  const [from, to] = [Float64Array.of(4, 0, 0, 0), Float64Array.of(0, 0, 1, 0)];
  expect(wassersteinBins(from, to)).toBe(2);
  expect(wassersteinBins(from, from)).toBe(0);
  expect(wassersteinBins(Float64Array.of(1, 1, 0, 0), Float64Array.of(0, 0, 1, 1))).toBe(2);
});

test("an empty histogram is at no distance", () => {
  const [empty, full] = [new Float64Array(2), Float64Array.of(1, 2)];
  expect([jensenShannonBits(empty, full), jensenShannonBits(full, empty)]).toEqual([NaN, NaN]);
  expect([wassersteinBins(empty, full), wassersteinBins(full, empty)]).toEqual([NaN, NaN]);
  expect(total(full)).toBe(3);
});

describe.skipIf(!hasPythonModule("scipy"))("against SciPy", () => {
  test("divergence and distance of random histograms", () => {
    const code = `
import json, sys, numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance
out = []
for p, q in json.loads(sys.argv[1]):
    bins = np.arange(len(p))
    out.append([jensenshannon(p, q, base=2) ** 2, wasserstein_distance(bins, bins, p, q)])
print(json.dumps(out))`;
    const question = CASES.map((pair) => pair.map((one) => [...one]));
    const expected: number[][] = JSON.parse(runPython(code, [JSON.stringify(question)]));
    for (const [i, [p, q]] of CASES.entries()) {
      expect(jensenShannonBits(p, q)).toBeCloseTo(expected[i]?.[0] as number, 12);
      expect(wassersteinBins(p, q)).toBeCloseTo(expected[i]?.[1] as number, 12);
    }
  });
});
