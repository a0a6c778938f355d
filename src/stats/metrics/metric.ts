/** A metric in two steps: what depends on the predictions alone is done once, then any weighting is cheap. */

import type { Predictions } from "../predictions.ts";

/**
 * Prepares a metric; the function that it returns counts sequence i `weights[i]` times (0 or more, whole or not), so
 * that a resampling is a weighting. `undefined` is a metric that these sequences do not define.
 */
export type Metric = (predictions: Predictions) => WeightedMetric;

/** @param weights [sequences] */
export type WeightedMetric = (weights: Float64Array) => number | undefined;

/** The metric with every sequence counted once. */
export function measure(metric: Metric, predictions: Predictions): number | undefined {
  return metric(predictions)(new Float64Array(predictions.labels.length).fill(1));
}

/** The weighted mean of one value a sequence; undefined where nothing has weight. */
export function weightedMean(values: Float64Array): WeightedMetric {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < values.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue; // 0 × ∞ is not a number
      sum += weight * (values[i] as number);
      total += weight;
    }
    return total > 0 ? sum / total : undefined;
  };
}
