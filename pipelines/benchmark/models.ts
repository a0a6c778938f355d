/** The models that a benchmark compares, from weak to strong: what they are called, and how they come about. */

import type { ModelReport } from "../../src/report/benchmark-record.ts";

export const MODEL_NAMES = [
  "majority",
  "length",
  "gc",
  "kmer6",
  "cnn",
  "scratch",
  "tuned",
] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** What every model is measured against. */
export const YARDSTICK = "kmer6";

/** Networks, the one that a report is about first. */
const NETWORKS: readonly ModelName[] = ["tuned", "scratch", "cnn"];

const LABELS: Readonly<Record<ModelName, string>> = {
  majority: "majority class",
  length: "length, logistic regression",
  gc: "GC share, logistic regression",
  kmer6: "6-mer logistic regression",
  cnn: "benchmark's CNN",
  scratch: "same network from scratch",
  tuned: "pretrained, then tuned",
};

export function modelLabel(model: ModelName): string {
  return LABELS[model];
}

/** Networks are trained by `gdiff finetune`, a process a trial; baselines are fitted here. */
export function modelKind(model: ModelName): ModelReport["kind"] {
  return NETWORKS.includes(model) ? "network" : "baseline";
}

/** The model that the report is about; undefined where there is no network. */
export function mainModel(models: readonly ModelName[]): ModelName | undefined {
  return NETWORKS.find((model) => models.includes(model));
}
