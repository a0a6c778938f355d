import { describe, expect, it } from "vitest";
import { chooseL2 } from "../../../src/stats/logistic/choose-l2.ts";
import { fitLogistic } from "../../../src/stats/logistic/fit-logistic.ts";
import { minimise } from "../../../src/stats/logistic/lbfgs.ts";
import { logisticLoss } from "../../../src/stats/logistic/logistic-loss.ts";
import { predictLogistic } from "../../../src/stats/logistic/logistic-model.ts";
import { denseFeatures } from "../../naive/dense-features.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { xorshift32 } from "../../support/random-ids.ts";

const COLUMNS = 5;

/** Rows whose class moves the first two of five features; the fourth is large and the fifth constant. */
function problem(rows: number, classes: number, seed: number) {
  const next = xorshift32(seed);
  const labels = Int32Array.from({ length: rows }, () => Math.floor(next() * classes));
  const values = Float64Array.from({ length: rows * COLUMNS }, (_, i) => {
    const label = labels[Math.floor(i / COLUMNS)] as number;
    const column = i % COLUMNS;
    if (column === 4) return 0.1;
    return (next() + 0.4 * (column < 2 ? label : 0)) * (column === 3 ? 1000 : 1) - column;
  });
  return { values, features: denseFeatures(values, COLUMNS), labels };
}

/** The loss by the definition: standardise, softmax with a row of zeros for the first of two classes, add up. */
function naiveLoss(
  values: Float64Array,
  labels: Int32Array,
  classes: number,
  weights: Float64Array,
  l2: number,
) {
  const rows = labels.length;
  const standard = values.slice();
  for (let column = 0; column < COLUMNS; column++) {
    const numbers = [...labels.keys()].map((row) => values[row * COLUMNS + column] as number);
    const mean = numbers.reduce((a, b) => a + b) / rows;
    const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows);
    for (let row = 0; row < rows; row++) {
      standard[row * COLUMNS + column] =
        column === 4 ? 0 : ((numbers[row] as number) - mean) / deviation;
    }
  }
  const outputs = classes === 2 ? 1 : classes;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const logits = Array.from({ length: outputs }, (_, c) => {
      let logit = weights[c * (COLUMNS + 1) + COLUMNS] as number;
      for (let j = 0; j < COLUMNS; j++) {
        logit +=
          (weights[c * (COLUMNS + 1) + j] as number) * (standard[row * COLUMNS + j] as number);
      }
      return logit;
    });
    if (classes === 2) logits.unshift(0);
    const sum = logits.reduce((s, logit) => s + Math.exp(logit), 0);
    total += Math.log(sum) - (logits[labels[row] as number] as number);
  }
  for (let c = 0; c < outputs; c++) {
    for (let j = 0; j < COLUMNS; j++)
      total += (l2 / 2) * (weights[c * (COLUMNS + 1) + j] as number) ** 2;
  }
  return total / rows;
}

const SCIKIT_LEARN = `
import json, sys, numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
q = json.loads(sys.argv[1]); X = np.array(q["values"]).reshape(-1, ${COLUMNS}); n = q["train"]
scaler = StandardScaler().fit(X[:n])
out = {}
for l2 in q["l2s"]:
  m = LogisticRegression(C=1 / l2, tol=1e-12, max_iter=10000).fit(scaler.transform(X[:n]), q["labels"][:n])
  out[str(l2)] = m.predict_proba(scaler.transform(X[n:])).ravel().tolist()
print(json.dumps(out))`;

describe.skipIf(!hasPythonModule("sklearn"))("fitLogistic, against scikit-learn", () => {
  it.each([2, 3])("has the same optimum for %i classes", (classes) => {
    const { values, labels } = problem(160, classes, 20 + classes);
    const l2s = [50, 1, 0.01];
    const question = { values: [...values], labels: [...labels], train: 120, l2s };
    const expected = JSON.parse(runPython(SCIKIT_LEARN, [JSON.stringify(question)]));
    const train = denseFeatures(values.slice(0, 120 * COLUMNS), COLUMNS);
    const rest = denseFeatures(values.slice(120 * COLUMNS), COLUMNS);
    for (const l2 of l2s) {
      const model = fitLogistic(train, labels.slice(0, 120), classes, { l2, tolerance: 1e-9 });
      expect(model.isConverged).toBe(true);
      const ours = predictLogistic(model, rest);
      expect(ours).toHaveLength(40 * classes);
      ours.forEach((p, i) => {
        expect(Math.abs(p - expected[l2][i])).toBeLessThan(1e-5);
      });
    }
  });
});

describe("logisticLoss", () => {
  it.each([2, 4])(
    "equals the definition, and its gradient the differences, for %i classes",
    (classes) => {
      const { values, features, labels } = problem(30, classes, 3);
      const { mean, deviation } = features.moments();
      deviation[4] = 1;
      const loss = logisticLoss(
        { classes, columns: COLUMNS, mean, deviation },
        features,
        labels,
        0.7,
      );
      const next = xorshift32(8);
      const size = (classes === 2 ? 1 : classes) * (COLUMNS + 1);
      const weights = Float64Array.from({ length: size }, () => 2 * next() - 1);
      const gradient = new Float64Array(size);
      expect(loss(weights, gradient)).toBeCloseTo(
        naiveLoss(values, labels, classes, weights, 0.7),
        12,
      );
      for (let i = 0; i < size; i++) {
        const at = (move: number): number => {
          const moved = weights.slice();
          moved[i] = (moved[i] as number) + move;
          return naiveLoss(values, labels, classes, moved, 0.7);
        };
        expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
      }
    },
  );
});

describe("minimise", () => {
  it("finds the bottom of a narrow valley, and says when it was not let", () => {
    const valley = (at: Float64Array, gradient: Float64Array): number => {
      let value = 0;
      at.forEach((x, i) => {
        const steepness = 10 ** i;
        gradient[i] = steepness * (x - i);
        value += (steepness * (x - i) ** 2) / 2;
      });
      return value;
    };
    const found = minimise(valley, new Float64Array(5), { tolerance: 1e-8, maxSteps: 200 });
    expect(found.isConverged).toBe(true);
    for (let i = 0; i < 5; i++) expect(found.at[i]).toBeCloseTo(i, 7);
    const cut = minimise(valley, new Float64Array(5), { tolerance: 1e-8, maxSteps: 3 });
    expect([cut.isConverged, cut.steps]).toEqual([false, 3]);
    // values near 1e9 are rounded to 1e-7, and their slopes are not
    const high = (at: Float64Array, gradient: Float64Array): number => 1e9 + valley(at, gradient);
    const through = minimise(high, new Float64Array(5), { tolerance: 1e-8, maxSteps: 200 });
    expect(through.isConverged).toBe(true);
    for (let i = 0; i < 5; i++) expect(through.at[i]).toBeCloseTo(i, 7);
    const plain = (_: Float64Array, gradient: Float64Array): number => {
      gradient.fill(1); // a slope that no step goes down
      return 5;
    };
    const lost = minimise(plain, new Float64Array(2), { tolerance: 1e-8, maxSteps: 200 });
    expect([lost.isConverged, lost.steps, lost.value]).toEqual([false, 0, 5]);
  });
});

describe("fitLogistic", () => {
  it("learns one class when it is shown no other, and nothing from what does not vary", () => {
    const features = denseFeatures(new Float64Array(40).fill(0.1), 1);
    const same = fitLogistic(features, new Int32Array(40).fill(1), 3, { l2: 1 });
    expect(predictLogistic(same, features)[1]).toBeGreaterThan(0.999);
    const labels = Int32Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const shares = fitLogistic(features, labels, 2, { l2: 1e-9, tolerance: 1e-10 });
    expect(predictLogistic(shares, features)[1]).toBeCloseTo(0.25, 8);
    expect(shares.weights[0]).toBeCloseTo(0, 12);
  });

  it("gives the same bits again, and keeps finite where logits are huge", () => {
    const { features, labels } = problem(60, 3, 5);
    const first = fitLogistic(features, labels, 3, { l2: 0.1 });
    expect(fitLogistic(features, labels, 3, { l2: 0.1 })).toEqual(first);
    for (const [classes, outputs] of [
      [2, 1],
      [3, 3],
    ] as const) {
      const far = { classes, columns: 1, mean: Float64Array.of(0), deviation: Float64Array.of(1) };
      const weights = Float64Array.from({ length: 2 * outputs }, (_, i) => (i === 0 ? 1e5 : 0));
      const p = predictLogistic({ ...far, weights }, denseFeatures(Float64Array.of(1, -1), 1));
      expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(p[classes === 2 ? 1 : 0]).toBe(1);
    }
  });

  it.each([
    ["expected a label for each of at least one row, got 3 for 2", 2, [0, 1, 0], 2],
    ["expected a label for each of at least one row, got 0 for 0", 0, [], 2],
    ["expected two classes or more and labels of them, got 1 classes", 2, [0, 0], 1],
    ["expected two classes or more and labels of them, got 2 classes", 2, [0, 2], 2],
  ])("refuses: %s", (message, rows, labels, classes) => {
    const features = denseFeatures(new Float64Array(rows), 1);
    expect(() => fitLogistic(features, Int32Array.from(labels), classes, { l2: 1 })).toThrow(
      new RangeError(`internal: ${message}`),
    );
  });

  it("refuses to predict from other features", () => {
    const { features, labels } = problem(20, 2, 6);
    const model = fitLogistic(features, labels, 2, { l2: 1 });
    expect(() => predictLogistic(model, denseFeatures(new Float64Array(4), 4))).toThrow(
      new RangeError("internal: expected 5 features, got 4"),
    );
  });
});

describe("chooseL2", () => {
  const train = problem(60, 2, 9);
  const valid = problem(400, 2, 10);

  it("takes the penalty under which the validation labels are most probable, as single fits find it", () => {
    const grid = [300, 30, 3, 0.3, 0.03];
    const chosen = chooseL2(train, valid, 2, { grid, tolerance: 1e-8 });
    const nats = grid.map((l2) => {
      const p = predictLogistic(
        fitLogistic(train.features, train.labels, 2, { l2, tolerance: 1e-8 }),
        valid.features,
      );
      return (
        -valid.labels.reduce((sum, y, row) => sum + Math.log(p[2 * row + y] as number), 0) / 400
      );
    });
    chosen.tried.forEach((one, i) => {
      expect(one.nats).toBeCloseTo(nats[i] as number, 6);
    });
    expect(chosen.nats).toBeCloseTo(Math.min(...nats), 6);
    expect(chosen.model.l2).toBe(grid[nats.indexOf(Math.min(...nats))]);
  });

  it("stops after two penalties in a row that do worse", () => {
    const swapped = { ...valid, labels: valid.labels.map((label) => 1 - label) };
    const { tried, model } = chooseL2(train, swapped, 2);
    expect(model.l2).toBe(10_000);
    expect(tried.map(({ l2 }) => l2)).toEqual([10_000, 3000, 1000]);
  });

  it("refuses to choose on nothing, or from nothing", () => {
    const none = {
      features: denseFeatures(new Float64Array(0), COLUMNS),
      labels: new Int32Array(0),
    };
    expect(() => chooseL2(train, none, 2)).toThrow(
      new RangeError("internal: expected validation rows to choose a penalty on, got none"),
    );
    expect(() => chooseL2(train, valid, 2, { grid: [] })).toThrow(
      new RangeError("internal: expected a penalty to try, got none"),
    );
  });
});
