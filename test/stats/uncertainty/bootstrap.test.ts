import { describe, expect, it } from "vitest";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { accuracy } from "../../../src/stats/metrics/accuracy.ts";
import { auroc } from "../../../src/stats/metrics/auroc.ts";
import { type Metric, measure } from "../../../src/stats/metrics/metric.ts";
import { type Predictions, selectPredictions } from "../../../src/stats/predictions.ts";
import {
  type BootstrapEstimate,
  type BootstrapOptions,
  bootstrapDifference,
  bootstrapMetrics,
} from "../../../src/stats/uncertainty/bootstrap.ts";
import { xorshift32 } from "../../support/random-ids.ts";
import { binaryPredictions, randomPredictions } from "../../support/random-predictions.ts";

const each = (size: number): Int32Array => Int32Array.from({ length: size }, (_, i) => i);

/** Predictions that are right where `isRight` is 1. */
const rightWhere = (isRight: readonly number[]): Predictions =>
  binaryPredictions(
    isRight.map(() => 1),
    isRight.map((right) => (right === 1 ? 0.9 : 0.1)),
  );

/** One metric by itself. */
const bootstrapMetric = (
  metric: Metric,
  predictions: Predictions,
  groups: Int32Array,
  options: BootstrapOptions,
): BootstrapEstimate => bootstrapMetrics({ metric }, predictions, groups, options).metric;

describe("bootstrapMetrics", () => {
  it("draws once for all metrics: each is what it is by itself", () => {
    const predictions = randomPredictions(30, 2, 3);
    const options = { seed: 2, replicates: 50 };
    expect(bootstrapMetrics({ accuracy, auroc }, predictions, each(30), options)).toEqual({
      accuracy: bootstrapMetric(accuracy, predictions, each(30), options),
      auroc: bootstrapMetric(auroc, predictions, each(30), options),
    });
  });

  it("equals copies of the drawn groups, one replicate after the other", () => {
    const predictions = randomPredictions(40, 2, 9);
    const groups = Int32Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
    const random = addressedRandom(5, "bootstrap");
    const names = [...new Set(groups)];
    const values = Array.from({ length: 200 }, (_, replicate) => {
      const places = names.flatMap((_, draw) => {
        const name = names[random.integer(names.length, replicate, draw)];
        return [...groups.keys()].filter((i) => groups[i] === name);
      });
      return measure(auroc, selectPredictions(predictions, places)) as number;
    }).sort((a, b) => a - b);
    const estimate = bootstrapMetric(auroc, predictions, groups, { seed: 5, replicates: 200 });
    expect(estimate.value).toBe(measure(auroc, predictions));
    // of 200 values, 2.5 % lies at place 4.975
    const [fourth, fifth] = values.slice(4, 6) as [number, number];
    expect(estimate.interval?.low).toBeCloseTo(fourth + 0.975 * (fifth - fourth), 12);
    expect(estimate).toMatchObject({ replicates: 200, groups: 11 });
  });

  it("finds the standard error and the interval of a share", () => {
    const next = xorshift32(2);
    const predictions = rightWhere(Array.from({ length: 400 }, () => (next() < 0.8 ? 1 : 0)));
    const estimate = bootstrapMetric(accuracy, predictions, each(400), {
      seed: 1,
      replicates: 4000,
    });
    const share = estimate.value as number;
    const error = Math.sqrt((share * (1 - share)) / 400);
    expect((estimate.standardError as number) / error).toBeGreaterThan(0.95);
    expect((estimate.standardError as number) / error).toBeLessThan(1.05);
    expect(estimate.interval?.low).toBeCloseTo(share - 1.96 * error, 2);
    expect(estimate.interval?.high).toBeCloseTo(share + 1.96 * error, 2);
  });

  it("is wider by √5 for groups of five equal sequences, and the same whatever groups are called", () => {
    const next = xorshift32(4);
    const predictions = rightWhere(
      Array.from({ length: 80 }, () => Array(5).fill(next() < 0.7 ? 1 : 0)).flat(),
    );
    const groups = each(400).map((i) => Math.floor(i / 5));
    const options = { seed: 3, replicates: 2000 };
    const single = bootstrapMetric(accuracy, predictions, each(400), options);
    const grouped = bootstrapMetric(accuracy, predictions, groups, options);
    const ratio = (grouped.standardError as number) / (single.standardError as number);
    expect(ratio / Math.sqrt(5)).toBeGreaterThan(0.93);
    expect(ratio / Math.sqrt(5)).toBeLessThan(1.07);
    const renamed = groups.map((group) => 1000 - 3 * group);
    expect(bootstrapMetric(accuracy, predictions, renamed, options)).toEqual(grouped);
    expect(bootstrapMetric(accuracy, predictions, groups, { ...options, seed: 4 })).not.toEqual(
      grouped,
    );
  });

  it("counts the replicates that lack a class out", () => {
    const predictions = binaryPredictions([1, 0, 0], [0.9, 0.2, 0.95]);
    const estimate = bootstrapMetric(auroc, predictions, each(3), { seed: 1 });
    // all three draws miss the positive one with (2/3)³, or are it with (1/3)³
    expect(estimate.replicates / 1000).toBeGreaterThan(0.62);
    expect(estimate.replicates / 1000).toBeLessThan(0.72);
    expect(estimate.value).toBe(0.5);
  });

  it("has no interval for one group, nor where nothing defines the metric", () => {
    const predictions = binaryPredictions([1, 0], [0.9, 0.2]);
    expect(bootstrapMetric(accuracy, predictions, Int32Array.of(7, 7), { seed: 1 })).toEqual({
      value: 1,
      interval: undefined,
      standardError: undefined,
      replicates: 1000,
      groups: 1,
    });
    const one = binaryPredictions([1, 1], [0.9, 0.2]);
    expect(bootstrapMetric(auroc, one, each(2), { seed: 1 })).toMatchObject({
      value: undefined,
      interval: undefined,
      replicates: 0,
    });
    expect(() => bootstrapMetric(auroc, one, each(3), { seed: 1 })).toThrow(
      new RangeError("internal: expected 2 groups, got 3"),
    );
  });
});

describe("bootstrapDifference", () => {
  it("is narrow where both err on the same sequences", () => {
    const next = xorshift32(6);
    const isRight = Array.from({ length: 500 }, () => (next() < 0.75 ? 1 : 0));
    const a = rightWhere(isRight);
    const b = rightWhere(isRight.map((right, i) => (i % 50 === 0 ? 0 : right)));
    const options = { seed: 8 };
    const paired = bootstrapDifference(accuracy, a, b, each(500), options);
    expect(paired.value).toBeCloseTo(
      (measure(accuracy, a) as number) - (measure(accuracy, b) as number),
      12,
    );
    // the variance of a difference of 0 or 1, not that of two shares
    const share = paired.value as number;
    const error = Math.sqrt((share * (1 - share)) / 500);
    expect((paired.standardError as number) / error).toBeGreaterThan(0.9);
    expect((paired.standardError as number) / error).toBeLessThan(1.1);
    expect(paired.interval?.low).toBeGreaterThan(0);
    const swapped = bootstrapDifference(accuracy, b, a, each(500), options);
    expect(swapped.interval?.high).toBeCloseTo(-(paired.interval?.low as number), 12);
  });

  it("refuses predictions of other sequences", () => {
    const a = binaryPredictions([1, 0], [0.9, 0.2]);
    const message = "internal: expected two predictions of the same labelled sequences";
    for (const b of [
      binaryPredictions([0, 1], [0.9, 0.2]),
      binaryPredictions([1, 0, 1], [0.9, 0.2, 0.3]),
      { ...a, classes: ["a", "b"] },
    ]) {
      expect(() => bootstrapDifference(accuracy, a, b, each(2), { seed: 1 })).toThrow(
        new RangeError(message),
      );
    }
  });
});
