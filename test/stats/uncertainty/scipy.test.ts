import { beforeAll, describe, expect, it } from "vitest";
import { incompleteBeta, logGamma } from "../../../src/stats/uncertainty/incomplete-beta.ts";
import { seedDifference } from "../../../src/stats/uncertainty/over-seeds.ts";
import { quantile } from "../../../src/stats/uncertainty/quantile.ts";
import { studentQuantile, studentTail } from "../../../src/stats/uncertainty/student-t.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";

const TAILS = [0.5, 0.4, 0.1, 0.025, 0.005, 1e-4, 1e-9];
const FREEDOMS = [1, 2, 3, 4, 9, 29.5, 400];
const TS = [0, 1e-3, 0.5, 2, 10, 1e4];
const BETAS = [0.5, 1, 2.5, 20, 300].flatMap((a) =>
  [0.5, 3, 80].flatMap((b) => [0.001, 0.2, 0.5, 0.9, 0.9999].map((x) => [x, a, b] as const)),
);
const GAMMAS = [0.1, 0.5, 1, 2, 3.3, 14.9, 15, 100, 1e5];
const A = [0.91, 0.9, 0.93, 0.92, 0.905];
const B = [0.9, 0.885, 0.921, 0.924, 0.893];
const SAMPLE = [1, 2, 4, 8, 16, 17];
const SHARES = [0, 0.025, 0.3, 0.5, 1];

describe.skipIf(!hasPythonModule("scipy"))(
  "Student's t and what it is made of, against SciPy",
  () => {
    const question = { TAILS, FREEDOMS, TS, BETAS, GAMMAS, A, B, SAMPLE, SHARES };
    const code = `
import json, sys, numpy as np
from scipy import stats, special
q = json.loads(sys.argv[1])
d = stats.ttest_rel(q["A"], q["B"]); ci = d.confidence_interval(0.9)
print(json.dumps(dict(
  quantiles=[[stats.t.isf(p, f) for p in q["TAILS"]] for f in q["FREEDOMS"]],
  tails=[[stats.t.sf(t, f) for t in q["TS"]] for f in q["FREEDOMS"]],
  betas=[special.betainc(a, b, x) for x, a, b in q["BETAS"]],
  gammas=[special.gammaln(x) for x in q["GAMMAS"]],
  quantile=[np.quantile(q["SAMPLE"], p) for p in q["SHARES"]],
  p=d.pvalue, low=ci.low, high=ci.high), default=float))`;
    let expected: {
      quantiles: number[][];
      tails: number[][];
      betas: number[];
      gammas: number[];
      quantile: number[];
      p: number;
      low: number;
      high: number;
    };
    beforeAll(() => {
      expected = JSON.parse(runPython(code, [JSON.stringify(question)]));
    });
    const close = (ours: number, theirs: number, relative: number): void =>
      expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(relative * Math.abs(theirs) + 1e-300);

    it("has the same tails and quantiles", () => {
      FREEDOMS.forEach((freedom, i) => {
        for (const [j, t] of TS.entries()) {
          close(studentTail(t, freedom), expected.tails[i]?.[j] as number, 1e-11);
        }
        TAILS.forEach((tail, j) => {
          const theirs = expected.quantiles[i]?.[j] as number;
          // at one half the quantile is 0, and a tail of 0.5 is flat to rounding below 1e-8
          if (tail === 0.5) expect(studentQuantile(tail, freedom)).toBeLessThan(1e-7);
          else close(studentQuantile(tail, freedom), theirs, 1e-10);
        });
      });
    });

    it("has the same incomplete beta, log gamma and quantiles of a sample", () => {
      for (const [i, [x, a, b]] of BETAS.entries()) {
        close(incompleteBeta(x, a, b), expected.betas[i] as number, 1e-10);
      }
      for (const [i, x] of GAMMAS.entries()) {
        expect(logGamma(x)).toBeCloseTo(expected.gammas[i] as number, x > 1e4 ? 8 : 12);
      }
      for (const [i, share] of SHARES.entries()) {
        expect(quantile(SAMPLE, share)).toBeCloseTo(expected.quantile[i] as number, 12);
      }
    });

    it("finds the interval and the p of a paired t test", () => {
      const { interval, pValue } = seedDifference(A, B, 0.9);
      expect(interval?.low).toBeCloseTo(expected.low, 12);
      expect(interval?.high).toBeCloseTo(expected.high, 12);
      expect(pValue).toBeCloseTo(expected.p, 12);
    });
  },
);
