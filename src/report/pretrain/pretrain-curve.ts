/** The curve of a run from its log. */

import type { ReadMetricsRecord } from "../../train/run-folder/metrics-lines.ts";
import type { PretrainPoint } from "../pretrain-record.ts";

/** Records of `metrics.jsonl`, as `readMetrics` gives them; what is not a number is not known. */
export function pretrainCurve(records: readonly ReadMetricsRecord[]): PretrainPoint[] {
  return records.map((record) => {
    const known = (name: string): number | undefined => {
      const value = record[name];
      return typeof value === "number" ? value : undefined;
    };
    return {
      step: record.step,
      lossBits: known("lossBits"),
      learningRate: known("learningRate"),
      gradientNorm: known("gradientNorm"),
      validBits: known("validBits"),
      validStandardError: known("validStandardError"),
    };
  });
}
