import { describe, expect, it } from "vitest";
import { METRICS, type MetricName, metricsOf } from "../../../src/stats/metrics/metrics-of.ts";
import { selectPredictions } from "../../../src/stats/predictions.ts";
import { xorshift32 } from "../../support/random-ids.ts";
import { binaryPredictions, randomPredictions } from "../../support/random-predictions.ts";

const names = Object.keys(METRICS) as MetricName[];

describe("metricsOf", () => {
  it("gives the values that a hand counts", () => {
    // predicted 1 0 1 1 0 0 of labels 1 1 0 1 0 0: 2 true positives, 1 false one, 1 missed, 2 true negatives
    const record = metricsOf(binaryPredictions([1, 1, 0, 1, 0, 0], [0.9, 0.3, 0.8, 0.6, 0.2, 0.4]));
    expect(record.confusion).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(record.accuracy).toBeCloseTo(4 / 6, 15);
    expect(record.f1).toBeCloseTo(2 / 3, 15);
    expect(record.matthews).toBeCloseTo((2 * 2 - 1) / 9, 15);
    expect(record.auroc).toBeCloseTo(6 / 9, 15); // of 9 pairs, 0.3 < 0.4, 0.3 < 0.8 and 0.6 < 0.8 are wrong
    expect(record.auprc).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 15);
    expect(record.brier).toBeCloseTo((0.01 + 0.49 + 0.64 + 0.16 + 0.04 + 0.16) / 6, 15);
    const product = 0.9 * 0.3 * 0.2 * 0.6 * 0.8 * 0.6;
    expect(record.logLoss).toBeCloseTo(-Math.log(product) / 6, 14);
    expect(record.byClass[1]).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, count: 3 });
    expect(record.sequences).toBe(6);
  });

  it("leaves undefined what one class alone cannot tell", () => {
    const record = metricsOf(binaryPredictions([0, 0, 0], [0.2, 0.4, 0.6]));
    expect(record.accuracy).toBeCloseTo(2 / 3, 15);
    expect(record.brier).toBeGreaterThan(0);
    for (const name of ["f1", "matthews", "auroc", "auprc"] as const) {
      expect(record[name], name).toBeUndefined();
    }
    expect(record.byClass[1]).toEqual({ precision: 0, recall: undefined, f1: undefined, count: 0 });
    const lacksOne = randomPredictions(50, 3, 1);
    const places = [...lacksOne.labels.keys()].filter((i) => lacksOne.labels[i] !== 2);
    const two = metricsOf(selectPredictions(lacksOne, places));
    expect([two.f1, two.auroc, two.auprc]).toEqual([undefined, undefined, undefined]);
    expect(two.matthews).toBeDefined();
  });

  it("leaves everything undefined without sequences", () => {
    const record = metricsOf(binaryPredictions([], []));
    for (const name of names) expect(record[name], name).toBeUndefined();
    expect(record.sequences).toBe(0);
  });

  it("gives a classifier of one answer a correlation of 0, and precision to none of the others", () => {
    const record = metricsOf(binaryPredictions([0, 1, 1], [0.7, 0.7, 0.7]));
    expect(record.matthews).toBe(0);
    expect(record.auroc).toBe(0.5);
    expect(record.f1).toBeCloseTo(0.8, 15);
    expect(record.byClass[0]?.precision).toBeUndefined();
  });

  it("takes the first of equally probable classes, and no finite loss where the truth had none", () => {
    const record = metricsOf(binaryPredictions([0, 1], [0.5, 0]));
    expect(record.accuracy).toBe(0.5);
    expect(record.logLoss).toBe(Number.POSITIVE_INFINITY);
  });

  it("is the same for weights 0, 1, 2 as for sequences left out, kept and doubled", () => {
    for (const classes of [2, 4]) {
      const predictions = randomPredictions(80, classes, 11);
      const next = xorshift32(12);
      const weights = Float64Array.from({ length: 80 }, () => Math.floor(next() * 3));
      const places = [...weights.keys()].flatMap((i) => Array(weights[i]).fill(i));
      const record = metricsOf(selectPredictions(predictions, places));
      for (const name of names) {
        expect(METRICS[name](predictions)(weights), name).toBeCloseTo(record[name] as number, 12);
      }
    }
  });

  it.each([
    ["expected two classes or more, got 1", ["a"], [0], [1]],
    ["expected 1 × 2 probabilities, got 3", ["a", "b"], [0], [1, 0, 0]],
    ["expected labels in 0 … 1, got 2 at 0", ["a", "b"], [2], [1, 0]],
    ["expected probabilities of sum 1 in row 0, got 0.9", ["a", "b"], [0], [0.9, 0]],
    ["expected probabilities of sum 1 in row 0, got NaN", ["a", "b"], [0], [2, -1]],
  ])("refuses what does not fit: %s", (message, classes, labels, probabilities) => {
    const predictions = {
      classes,
      labels: Int32Array.from(labels),
      probabilities: Float64Array.from(probabilities),
    };
    expect(() => metricsOf(predictions)).toThrow(new RangeError(`internal: ${message}`));
  });
});
