import { describe, expect, it } from "vitest";
import { auprc } from "../../../src/stats/metrics/auprc.ts";
import { auroc } from "../../../src/stats/metrics/auroc.ts";
import { measure } from "../../../src/stats/metrics/metric.ts";
import type { Predictions } from "../../../src/stats/predictions.ts";
import { randomPredictions } from "../../support/random-predictions.ts";

/** Share of the pairs (class c, other class) in the right order, by looking at each. */
function shareOfPairs(predictions: Predictions, c: number): number {
  const { labels, probabilities, classes } = predictions;
  let right = 0;
  let pairs = 0;
  labels.forEach((a, i) => {
    labels.forEach((b, j) => {
      if (a !== c || b === c) return;
      const [high, low] = [i, j].map((row) => probabilities[row * classes.length + c] as number);
      right += (high as number) > (low as number) ? 1 : high === low ? 0.5 : 0;
      pairs++;
    });
  });
  return right / pairs;
}

/** Average precision with each score as a threshold, counted anew. */
function averagePrecision(predictions: Predictions, c: number): number {
  const { labels, probabilities, classes } = predictions;
  const scores = [...labels.keys()].map((row) => probabilities[row * classes.length + c] as number);
  const positives = labels.filter((label) => label === c).length;
  let area = 0;
  let before = 0;
  for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
    const taken = [...labels.keys()].filter((i) => (scores[i] as number) >= threshold);
    const hits = taken.filter((i) => labels[i] === c).length;
    area += (hits / positives - before) * (hits / taken.length);
    before = hits / positives;
  }
  return area;
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;

describe("auroc and auprc", () => {
  it.each([1, 2, 3])("equal a count of pairs and of thresholds (seed %i)", (seed) => {
    const two = randomPredictions(90, 2, seed);
    expect(measure(auroc, two)).toBeCloseTo(shareOfPairs(two, 1), 13);
    expect(measure(auprc, two)).toBeCloseTo(averagePrecision(two, 1), 13);
    const four = randomPredictions(90, 4, seed);
    expect(measure(auroc, four)).toBeCloseTo(
      mean([0, 1, 2, 3].map((c) => shareOfPairs(four, c))),
      13,
    );
    expect(measure(auprc, four)).toBeCloseTo(
      mean([0, 1, 2, 3].map((c) => averagePrecision(four, c))),
      13,
    );
  });
});
