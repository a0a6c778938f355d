import { describe, expect, test } from "vitest";
import { dealArms } from "../../src/compare/arms.ts";
import { compareDiscriminator } from "../../src/compare/discriminator.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

/** Random sequences, some of which have a word. */
function marked(count: number, seed: number, share: number): Uint8Array[] {
  const next = xorshift32(seed);
  return Array.from({ length: count }, (_, i) => {
    const ids = randomIds(120, seed + 17 * i);
    if (next() < share) for (const at of [10, 40, 70, 100]) ids.set([3, 0, 3, 0, 0, 0, 1], at);
    return ids;
  });
}

const OPTIONS = { seed: 1, replicates: 100 };
const arms = dealArms(marked(100, 1, 0.8), marked(200, 2, 0), 1);
const result = compareDiscriminator(arms, OPTIONS);
const area = result?.figures[0];

test("sets with a word of their own are told apart, sets of one law are not", () => {
  expect(area?.generated.interval?.low).toBeGreaterThan(0.6);
  expect(area?.difference.interval?.low).toBeGreaterThan(0);
  const { value = 0, standardError = 0 } = area?.real ?? {};
  expect(Math.abs(value - 0.5)).toBeLessThan(3.3 * standardError);
});

test("the curve rises from 0 to 1, and the area below it is AUROC", () => {
  const points = result?.curves[0]?.points ?? [];
  for (const arm of ["generated", "real"] as const) {
    const ys = points.map((point) => point[arm].value as number);
    expect(ys[0]).toBeLessThan(0.5);
    expect(ys.at(-1)).toBe(1);
    let below = 0;
    for (const [i, y] of ys.entries()) {
      if (i === 0) continue;
      expect(y).toBeGreaterThanOrEqual(ys[i - 1] as number);
      below += (y + (ys[i - 1] as number)) / 2 / 50;
    }
    expect(below).toBeCloseTo(area?.[arm].value as number, 1);
  }
});

test("too few sequences are not told apart at all", () => {
  const few = dealArms(marked(19, 1, 1), marked(60, 2, 0), 1);
  expect(compareDiscriminator(few, OPTIONS)).toBeUndefined();
});

describe.skipIf(!hasPythonModule("sklearn"))("against scikit-learn", () => {
  test("the same folds, features and choice of a penalty give the same areas", () => {
    const code = `
import json, os, sys
for name in ("OMP", "OPENBLAS", "MKL"): os.environ[name + "_NUM_THREADS"] = "1"
from itertools import product
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
q = json.loads(sys.argv[1])
place = {"".join(w): i for i, w in enumerate(product("ACGT", repeat=6))}
def features(texts):
    x = np.zeros((len(texts), 4096))
    for row, t in enumerate(texts):
        for i in range(len(t) - 5): x[row, place[t[i:i + 6]]] += 1
    return np.log1p(x)
out = {}
for arm in ("generated", "real"):
    x = features(q[arm] + q["reference"])
    n = len(q[arm])
    y = np.array([1] * n + [0] * n)
    fold = np.concatenate([np.arange(n), np.arange(n)]) * 5 // n
    score = np.zeros(2 * n)
    for f in range(5):
        v = (f + 1) % 5
        train = (fold != f) & (fold != v)
        mean, sd = x[train].mean(0), x[train].std(0)
        z = (x - mean) / np.where(sd > 0, sd, 1)
        best, worse = None, 0
        for l2 in (10000, 1000, 100, 10):
            m = LogisticRegression(C=1 / l2, tol=1e-6, max_iter=2000).fit(z[train], y[train])
            loss = log_loss(y[fold == v], m.predict_proba(z[fold == v]))
            if best is None or loss < best[0]: best, worse = (loss, m), 0
            else:
                worse += 1
                if worse == 2: break
        score[fold == f] = best[1].predict_proba(z[fold == f])[:, 1]
    out[arm] = roc_auc_score(y, score)
print(json.dumps(out))`;
    const texts = (all: readonly Uint8Array[]): string[] => all.map(decodeIds);
    const question = {
      generated: texts(arms.generated),
      real: texts(arms.real),
      reference: texts(arms.reference),
    };
    const expected: Record<string, number> = JSON.parse(
      runPython(code, [JSON.stringify(question)]),
    );
    for (const arm of ["generated", "real"] as const) {
      // fits end at a gradient of 1e-3 here
      expect(Math.abs((area?.[arm].value as number) - (expected[arm] as number))).toBeLessThan(
        0.01,
      );
    }
  });
});
