/** What a fine-tuning run came to, for a terminal. */

import type { MetricRecord } from "../../src/stats/metrics/metrics-of.ts";
import { formatCount } from "../../src/util/format.ts";
import { formatTable } from "../data/text-table.ts";
import { WITHOUT_COPIES } from "./predict-parts.ts";
import type { FinetuneSummary } from "./run.ts";

const NUMBERS = [
  ["accuracy", "accuracy"],
  ["f1", "F1"],
  ["matthews", "Matthews"],
  ["auroc", "AUROC"],
  ["auprc", "AUPRC"],
  ["logLoss", "log loss"],
  ["ece", "ECE"],
] as const;

/** Text: the best epoch, and a table with a row a part. */
export function formatFinetuneReport({ set, best, metrics = {}, run }: FinetuneSummary): string {
  const where = run === undefined ? "" : `run folder ${run}\n`;
  const which = `${set}: weights of epoch ${best?.epoch ?? 0}, the best on valid`;
  const { [WITHOUT_COPIES]: rest, ...parts } = metrics;
  const rows = rest === undefined ? parts : { ...parts, "test without copies": rest };
  return `${which}\n${formatMetricTable(rows)}${where}`;
}

/** Metrics of parts by name, a row each. */
export function formatMetricTable(metrics: Readonly<Record<string, MetricRecord>>): string {
  const rows = Object.entries(metrics).map(([part, record]) => [
    part,
    formatCount(record.sequences),
    ...NUMBERS.map(([name]) => formatMetric(record, name)),
  ]);
  const head = ["part", "sequences", ...NUMBERS.map(([, title]) => title)];
  return formatTable(head, rows, { right: head.map((_, i) => i).slice(1) });
}

function formatMetric(record: MetricRecord, name: (typeof NUMBERS)[number][0]): string {
  const value = record[name];
  return value === undefined ? "–" : value.toFixed(4);
}
