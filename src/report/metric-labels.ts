/** Metrics as reports name them, in the order of their columns. */

import { METRICS, type MetricName } from "../stats/metrics/metrics-of.ts";

export const METRIC_NAMES: readonly MetricName[] = Object.keys(METRICS) as MetricName[];

export const METRIC_LABELS: Readonly<Record<MetricName, string>> = {
  accuracy: "accuracy",
  f1: "F1",
  matthews: "Matthews",
  auroc: "AUROC",
  auprc: "AUPRC",
  logLoss: "log loss, nats",
  brier: "Brier",
  ece: "ECE",
};

/** Of these the smaller is the better one. */
export const IS_ERROR: ReadonlySet<MetricName> = new Set(["logLoss", "brier", "ece"]);
