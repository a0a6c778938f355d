/** Every metric of one set of predictions, as one record. */

import { checkPredictions, type Predictions } from "../predictions.ts";
import { accuracy } from "./accuracy.ts";
import { auprc } from "./auprc.ts";
import { auroc } from "./auroc.ts";
import { brier } from "./brier.ts";
import { ece, type ReliabilityBin, reliability } from "./calibration.ts";
import { confusion } from "./confusion.ts";
import { type ClassScores, classScores, f1 } from "./f1.ts";
import { logLoss } from "./log-loss.ts";
import { matthews } from "./matthews.ts";
import { type Metric, measure } from "./metric.ts";

export type MetricName =
  | "accuracy"
  | "f1"
  | "matthews"
  | "auroc"
  | "auprc"
  | "logLoss"
  | "brier"
  | "ece";

/** Metrics that are one number, by name, in the order of reports. */
export const METRICS: Readonly<Record<MetricName, Metric>> = {
  accuracy,
  f1,
  matthews,
  auroc,
  auprc,
  logLoss,
  brier,
  ece,
};

/** Log loss in nats. A number is undefined where the sequences do not define it. */
export interface MetricRecord extends Readonly<Record<MetricName, number | undefined>> {
  readonly classes: readonly string[];
  readonly sequences: number;
  /** [true class][predicted class] */
  readonly confusion: readonly (readonly number[])[];
  /** [classes] */
  readonly byClass: readonly ClassScores[];
  /** the bins that `ece` is made of */
  readonly reliability: readonly ReliabilityBin[];
}

/** @throws {RangeError} when the parts of `predictions` do not fit each other */
export function metricsOf(predictions: Predictions): MetricRecord {
  checkPredictions(predictions);
  const { classes, labels } = predictions;
  const once = new Float64Array(labels.length).fill(1);
  const matrix = confusion(predictions)(once);
  const names = Object.keys(METRICS) as MetricName[];
  const numbers = Object.fromEntries(
    names.map((name) => [name, measure(METRICS[name], predictions)]),
  ) as Record<MetricName, number | undefined>;
  return {
    classes,
    sequences: labels.length,
    ...numbers,
    confusion: classes.map((_, row) => [
      ...matrix.counts.subarray(row * classes.length, (row + 1) * classes.length),
    ]),
    byClass: classes.map((_, c) => classScores(matrix, c)),
    reliability: reliability(predictions)(once),
  };
}
