/** What a benchmark came to, for a terminal. */

import type {
  BenchmarkRecord,
  FailedTrial,
  ModelReport,
  SetReport,
} from "../../src/report/benchmark-record.ts";
import { modelNamed } from "../../src/report/find-model.ts";
import { compareModels } from "../../src/report/model-report.ts";
import { fixed, signed, signedRange } from "../../src/report/numbers.ts";
import { settingsText } from "../../src/report/settings-text.ts";
import { verdicts } from "../../src/report/verdict.ts";
import { formatTable } from "../data/text-table.ts";

/** Text: a line a set on whether the model beats k-mer regression, a table with a row a set and model, what failed, and what was left out. */
export function formatBenchmark(record: BenchmarkRecord): string {
  const lines = verdicts(record).map(({ set, text }) => `${set}: ${text}\n`);
  const head = [
    "set",
    "model",
    "accuracy",
    "spread",
    "de-duplicated",
    `− ${record.yardstick}`,
    "95 %",
  ];
  const rows = record.sets.flatMap((set) => set.models.map((model) => rowOf(set, model, record)));
  const out = record.leftOut.map(({ set, reason }) => `left out: ${set}: ${reason}\n`);
  const failed = record.sets.flatMap((set) => set.failures.map((one) => failureLine(set, one)));
  const table = formatTable(head, rows, { right: [2, 3, 4, 5] });
  return [...lines, "\n", table, ...failed, ...out].join("");
}

function failureLine(
  { name }: SetReport,
  { label, settings, seed, reason, folder }: FailedTrial,
): string {
  return `failed: ${name}: ${label}, ${settingsText(settings)}, seed ${seed}: ${reason} (in ${folder})\n`;
}

function rowOf(
  set: SetReport,
  model: ModelReport,
  { yardstick }: BenchmarkRecord,
): readonly string[] {
  const { whole, deduplicated } = model.summary;
  const lead = compareModels(model, modelNamed(set, yardstick), "accuracy").overSeeds.whole;
  const isItself = model.name === yardstick;
  return [
    ...[set.name, model.name, fixed(whole.accuracy?.mean), fixed(whole.accuracy?.spread)],
    fixed(deduplicated.accuracy?.mean),
    isItself ? "" : signed(lead?.mean),
    isItself ? "" : signedRange(lead?.interval),
  ];
}
