import { expect, it, test } from "vitest";
import { binomialQuantile } from "../../src/stats/binomial-quantile.ts";

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

it.each([
  [1, 0.3],
  [5, 0.5],
  [12, 0.07],
  [20, 0.9],
])("is the distribution function of %i trials of %f the other way round", (trials, p) => {
  let atMost = 0;
  for (let k = 0; k <= trials; k++) {
    const before = atMost;
    atMost += choose(trials, k) * p ** k * (1 - p) ** (trials - k);
    if (atMost - before < 1e-9) continue; // too little for a point inside
    for (const share of [0.01, 0.5, 0.99]) {
      const v = before + share * (atMost - before);
      if (v < 1) expect(binomialQuantile(trials, p, v)).toBe(k);
    }
  }
});

it("knows what is certain", () => {
  for (const v of [0, 0.5, 1 - 2 ** -53]) {
    expect(binomialQuantile(7, 1, v)).toBe(7);
    expect(binomialQuantile(7, 0, v)).toBe(0);
    expect(binomialQuantile(0, 0.4, v)).toBe(0);
  }
});

test("long windows have the mean and variance of the law, where the mass of none is below any double", () => {
  const [trials, p, points] = [2000, 0.4, 500];
  const values = Array.from({ length: points }, (_, i) =>
    binomialQuantile(trials, p, (i + 0.5) / points),
  );
  const mean = values.reduce((a, b) => a + b, 0) / points;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / points;
  expect(Math.abs(mean - trials * p)).toBeLessThan(0.1);
  expect(variance / (trials * p * (1 - p))).toBeCloseTo(1, 1);
});
