/** From a statistic of two classes to a metric of any number. */

import type { Predictions } from "../predictions.ts";
import type { Metric, WeightedMetric } from "./metric.ts";

/** Prepares a statistic of scores [sequences] and of what is positive [sequences]. */
export type BinaryStatistic = (scores: Float64Array, isPositive: Uint8Array) => WeightedMetric;

/**
 * Of two classes, the statistic of the last one's probability; of more, the mean over classes of each against all
 * others. Undefined where it is for one of them.
 */
export function oneVsRest(statistic: BinaryStatistic): Metric {
  return (predictions) => {
    const classes = predictions.classes.length;
    const positives = classes === 2 ? [1] : [...predictions.classes.keys()];
    const prepared = positives.map((c) =>
      statistic(
        column(predictions, c),
        Uint8Array.from(predictions.labels, (label) => (label === c ? 1 : 0)),
      ),
    );
    return (weights) => {
      let sum = 0;
      for (const weighted of prepared) {
        const value = weighted(weights);
        if (value === undefined) return undefined;
        sum += value;
      }
      return sum / prepared.length;
    };
  };
}

function column(predictions: Predictions, c: number): Float64Array {
  const classes = predictions.classes.length;
  const out = new Float64Array(predictions.labels.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = predictions.probabilities[i * classes + c] as number;
  }
  return out;
}
