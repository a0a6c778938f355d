import { describe, expect, it } from "vitest";
import { measure } from "../../../src/stats/metrics/metric.ts";
import { METRICS, type MetricName, metricsOf } from "../../../src/stats/metrics/metrics-of.ts";
import type { Predictions } from "../../../src/stats/predictions.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { xorshift32 } from "../../support/random-ids.ts";
import { randomPredictions } from "../../support/random-predictions.ts";

const SCIKIT_LEARN = `
import json, sys, numpy as np, sklearn.metrics as m
q = json.loads(sys.argv[1]); y = np.array(q["labels"]); K = q["classes"]
p = np.array(q["probabilities"]).reshape(-1, K); w = np.array(q["weights"]); h = p.argmax(1)
two = K == 2
one_hot = np.eye(K)[y]
average = "binary" if two else "macro"
of = lambda f: f(y, p[:, 1], sample_weight=w) if two else np.mean([f(one_hot[:, c], p[:, c], sample_weight=w) for c in range(K)])
print(json.dumps(dict(
  accuracy=m.accuracy_score(y, h, sample_weight=w),
  f1=m.f1_score(y, h, average=average, sample_weight=w),
  matthews=m.matthews_corrcoef(y, h, sample_weight=w),
  auroc=of(m.roc_auc_score),
  auprc=of(m.average_precision_score),
  logLoss=m.log_loss(y, p, sample_weight=w, labels=range(K)),
  brier=np.average(((p - one_hot) ** 2).sum(1), weights=w) / (2 if two else 1),
  confusion=m.confusion_matrix(y, h).tolist(),
  precision=m.precision_score(y, h, average=None).tolist(),
  recall=m.recall_score(y, h, average=None).tolist(),
  f1s=m.f1_score(y, h, average=None).tolist(),
)))`;

function scikitLearn(predictions: Predictions, weights: Float64Array) {
  const question = {
    labels: [...predictions.labels],
    classes: predictions.classes.length,
    probabilities: [...predictions.probabilities],
    weights: [...weights],
  };
  return JSON.parse(runPython(SCIKIT_LEARN, [JSON.stringify(question)]));
}

describe.skipIf(!hasPythonModule("sklearn"))("metrics, against scikit-learn", () => {
  const names = (Object.keys(METRICS) as MetricName[]).filter((name) => name !== "ece");

  it.each([2, 3, 5])("are equal for %i classes, weighted or not", (classes) => {
    const predictions = randomPredictions(300, classes, 40 + classes);
    // as in the oracle, no true class has probability 0, where it clips and ours is infinite
    predictions.probabilities.forEach((p, i, all) => {
      all[i] = (p + 0.001) / (1 + 0.001 * classes);
    });
    const next = xorshift32(7);
    const once = new Float64Array(300).fill(1);
    const resampled = Float64Array.from({ length: 300 }, () => Math.floor(next() * 4));
    const expected = scikitLearn(predictions, once);
    const record = metricsOf(predictions);
    for (const name of names) expect(record[name], name).toBeCloseTo(expected[name], 12);
    expect(record.confusion).toEqual(expected.confusion);
    record.byClass.forEach((scores, c) => {
      expect(scores.precision).toBeCloseTo(expected.precision[c], 12);
      expect(scores.recall).toBeCloseTo(expected.recall[c], 12);
      expect(scores.f1).toBeCloseTo(expected.f1s[c], 12);
    });
    const weighted = scikitLearn(predictions, resampled);
    for (const name of names) {
      expect(METRICS[name](predictions)(resampled), name).toBeCloseTo(weighted[name], 12);
    }
    expect(measure(METRICS.auroc, predictions)).not.toBeCloseTo(weighted.auroc, 4);
  });
});
