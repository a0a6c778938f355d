import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  choleskyFactor,
  frechetDistance,
  type Moments,
} from "../../../src/stats/linear/frechet-distance.ts";
import { symmetricEigenvalues } from "../../../src/stats/linear/symmetric-eigenvalues.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { xorshift32 } from "../../support/random-ids.ts";

/** aᵀ a / rows of a random [rows, size]; singular where rows < size. */
function covariance(rows: number, size: number, seed: number): Float64Array {
  const next = xorshift32(seed);
  const a = Array.from({ length: rows }, () =>
    Array.from({ length: size }, (_, i) => (next() + next() - 1) * (1 + i / 3)),
  );
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return a.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0) / rows;
  });
}

function moments(rows: number, size: number, seed: number): Moments {
  const next = xorshift32(seed + 99);
  const mean = Float64Array.from({ length: size }, () => next() - 0.5);
  return { mean, covariance: covariance(rows, size, seed) };
}

describe("eigenvalues", () => {
  test("by hand", () => {
    expect([...symmetricEigenvalues(Float64Array.of(7), 1)]).toEqual([7]);
    const two = symmetricEigenvalues(Float64Array.of(2, 1, 1, 2), 2);
    expect(two[0]).toBeCloseTo(1, 14);
    expect(two[1]).toBeCloseTo(3, 14);
    expect([...symmetricEigenvalues(new Float64Array(9), 3)]).toEqual([0, 0, 0]);
    const diagonal = Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2);
    expect([...symmetricEigenvalues(diagonal, 3)]).toEqual([-1, 2, 3]);
  });

  test("the path's second differences have known ones", () => {
    const size = 40;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      matrix[i * size + i] = 2;
      if (i > 0) matrix[i * size + i - 1] = -1; // the lower half is enough
    }
    const found = symmetricEigenvalues(matrix, size);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((i + 1) * Math.PI) / (size + 1)), 12);
    });
  });

  test("a number that is none is refused", () => {
    expect(() => symmetricEigenvalues(Float64Array.of(1, 2, Number.NaN, 1), 2)).toThrow(
      new RangeError("internal: expected a matrix of finite numbers, whose eigenvalues exist"),
    );
  });
});

test("L Lᵀ is the matrix, a singular one too", () => {
  for (const rows of [30, 4]) {
    const size = 9;
    const matrix = covariance(rows, size, 5);
    const lower = choleskyFactor(matrix, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++)
          sum += (lower[i * size + k] as number) * (lower[j * size + k] as number);
        expect(sum).toBeCloseTo(matrix[i * size + j] as number, 10);
        if (j > i) expect(lower[i * size + j]).toBe(0);
      }
    }
  }
});

test("Fréchet by hand: in one dimension (μ₁ − μ₂)² + (σ₁ − σ₂)²; of a law to itself 0", () => {
  const one = (mean: number, variance: number): Moments => ({
    mean: Float64Array.of(mean),
    covariance: Float64Array.of(variance),
  });
  expect(frechetDistance(one(1, 4), one(3, 9))).toBeCloseTo(4 + 1, 14);
  const law = moments(30, 12, 1);
  expect(Math.abs(frechetDistance(law, law))).toBeLessThan(1e-10);
});

describe.skipIf(!hasPythonModule("scipy"))("against numpy and SciPy", () => {
  const CASES = [
    [moments(80, 20, 1), moments(50, 20, 2)],
    [moments(12, 20, 3), moments(15, 20, 4)], // singular
    [moments(200, 64, 5), moments(300, 64, 6)],
  ] as const;
  const code = `
import json, sys, numpy as np
from scipy.linalg import sqrtm
out = []
for a, b in json.load(open(sys.argv[1])):
    m1, m2 = np.array(a["mean"]), np.array(b["mean"])
    s1, s2 = (np.array(x["covariance"]).reshape(len(m1), -1) for x in (a, b))
    values, vectors = np.linalg.eigh(s1)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    trace = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ s2 @ root), 0)).sum()
    if values[0] > 1e-6:  # of a singular product SciPy's root is off by 1e-5 and more
        trace = np.real(np.trace(sqrtm(s1 @ s2)))
    distance = ((m1 - m2) ** 2).sum() + np.trace(s1 + s2) - 2 * trace
    out.append(dict(values=values.tolist(), distance=float(distance)))
print(json.dumps(out))`;

  test("eigenvalues of covariances, and the distance", () => {
    const plain = ({ mean, covariance: c }: Moments) => ({ mean: [...mean], covariance: [...c] });
    const question = CASES.map((pair) => pair.map(plain));
    const folder = mkdtempSync(join(tmpdir(), "gdiff-linear-"));
    const file = join(folder, "question.json");
    writeFileSync(file, JSON.stringify(question));
    const expected: { values: number[]; distance: number }[] = JSON.parse(runPython(code, [file]));
    rmSync(folder, { recursive: true });
    for (const [i, [a, b]] of CASES.entries()) {
      const theirs = expected[i];
      const size = a.mean.length;
      symmetricEigenvalues(a.covariance, size).forEach((value, j) => {
        expect(value).toBeCloseTo(theirs?.values[j] as number, 9);
      });
      expect(frechetDistance(a, b)).toBeCloseTo(theirs?.distance as number, 5);
    }
  });
});
