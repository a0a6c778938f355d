/**
 * Calibration of the most probable class: among sequences given confidence 0.8, are 8 in 10 right?
 * Reliability curve and expected calibration error (Guo et al., ICML 2017, arXiv:1706.04599, equations 2, 3 and 5).
 */

import { type Predictions, predictedLabels } from "../predictions.ts";
import type { Metric } from "./metric.ts";

/** Sequences whose confidence lies in (from, to]. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** mean probability of the predicted class; undefined in an empty bin */
  readonly confidence: number | undefined;
  /** undefined in an empty bin */
  readonly accuracy: number | undefined;
}

/** Guo et al. use 15. */
const DEFAULT_BINS = 15;

/** Prepares the curve over `bins` bins of equal width between 0 and 1. */
export function reliability(
  predictions: Predictions,
  bins: number = DEFAULT_BINS,
): (weights: Float64Array) => ReliabilityBin[] {
  const classes = predictions.classes.length;
  const taken = predictedLabels(predictions);
  const confidences = Float64Array.from(
    taken,
    (c, i) => predictions.probabilities[i * classes + c] as number,
  );
  const binOf = Int32Array.from(confidences, (confidence) =>
    Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1)),
  );
  return (weights) => {
    const count = new Float64Array(bins);
    const confidence = new Float64Array(bins);
    const correct = new Float64Array(bins);
    for (let i = 0; i < taken.length; i++) {
      const bin = binOf[i] as number;
      const weight = weights[i] as number;
      const isRight = taken[i] === predictions.labels[i] ? 1 : 0;
      count[bin] = (count[bin] as number) + weight;
      confidence[bin] = (confidence[bin] as number) + weight * (confidences[i] as number);
      correct[bin] = (correct[bin] as number) + weight * isRight;
    }
    return Array.from(count, (inBin, bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      count: inBin,
      confidence: inBin > 0 ? (confidence[bin] as number) / inBin : undefined,
      accuracy: inBin > 0 ? (correct[bin] as number) / inBin : undefined,
    }));
  };
}

/** Expected calibration error: the mean over sequences of |accuracy − confidence| of their bin. */
export function calibrationError(curve: readonly ReliabilityBin[]): number | undefined {
  let sum = 0;
  let total = 0;
  for (const bin of curve) {
    if (bin.accuracy === undefined || bin.confidence === undefined) continue;
    sum += bin.count * Math.abs(bin.accuracy - bin.confidence);
    total += bin.count;
  }
  return total > 0 ? sum / total : undefined;
}

/** Expected calibration error over 15 bins; undefined where nothing has weight. */
export const ece: Metric = (predictions) => {
  const curveOf = reliability(predictions);
  return (weights) => calibrationError(curveOf(weights));
};
