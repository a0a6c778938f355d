/** The report of a benchmark as Markdown: the page's tables, without its charts. */

import { formatCount } from "../../util/format.ts";
import type {
  BenchmarkRecord,
  MetricSummary,
  ModelReport,
  SetReport,
  TestKind,
} from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import { findModel, modelNamed } from "../find-model.ts";
import { markdownTable, markdownText } from "../markdown.ts";
import { METRIC_LABELS, METRIC_NAMES } from "../metric-labels.ts";
import { percent, plusMinus, signed, signedRange } from "../numbers.ts";
import { provenanceMarkdown } from "../provenance-markdown.ts";
import { publicText } from "../public-text.ts";
import type { PublishedTable } from "../published/published-table.ts";
import { settingsText } from "../settings-text.ts";
import { verdicts } from "../verdict.ts";
import { seedWords } from "./seed-words.ts";

/** @throws {RangeError} when a set lacks the main model or the yardstick */
export function benchmarkMarkdown(record: BenchmarkRecord): string {
  const { sets, published, provenance } = record;
  const blocks = [
    "# Genomic Benchmarks",
    firstLines(record),
    ...sets.flatMap((set) => setBlocks(set, record)),
    "## What tests share with training",
    leakageTable(sets),
    ...(published.length === 0
      ? []
      : [
          "## Published numbers",
          "As printed in the papers; their protocols differ from each other and from ours.",
        ]),
    ...published.flatMap(publishedBlocks),
    ...provenanceMarkdown(provenance),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** An item for every set that was asked for. */
function firstLines(record: BenchmarkRecord): string {
  const item = (set: string, text: string): string =>
    `- **${markdownText(set)}**: ${markdownText(text)}`;
  return [
    ...verdicts(record).map(({ set, text }) => item(set, text)),
    ...record.leftOut.map(({ set, reason }) => item(set, `Left out: ${publicText(reason)}`)),
  ].join("\n");
}

function setBlocks(set: SetReport, { mainModel }: BenchmarkRecord): string[] {
  const heads = METRIC_NAMES.map((name) => METRIC_LABELS[name]);
  const main = findModel(set, mainModel);
  return [
    `## ${markdownText(set.name)}`,
    `${markdownText(set.protocol)} ${markdownText(set.deduplication)}`,
    markdownTable(
      ["sequences", ...set.classes],
      set.parts.map(({ name, counts }) => [name, ...counts.map(formatCount)]),
    ),
    seedWords(set),
    markdownTable(
      ["model", "test", ...heads],
      set.models.flatMap(({ label, summary }) =>
        TEST_KINDS.map((test) => [
          label,
          TEST_LABELS[test],
          ...METRIC_NAMES.map((name) => meanText(summary[test][name])),
        ]),
      ),
    ),
    ...(main === undefined ? [] : differenceBlocks(set, main)),
    ...(set.failures.length === 0 ? [] : failureBlocks(set)),
  ];
}

function differenceBlocks(set: SetReport, main: ModelReport): string[] {
  return [
    `${markdownText(main.label)} less each other model, with 95 % intervals over seeds and by bootstrap over groups:`,
    markdownTable(
      ["model", "test", "metric", "mean", "over seeds", "bootstrap"],
      set.differences.flatMap(({ baseline, metric, overSeeds, bootstrap }) =>
        TEST_KINDS.map((test: TestKind) => [
          modelNamed(set, baseline).label,
          TEST_LABELS[test],
          METRIC_LABELS[metric],
          signed(overSeeds[test]?.mean),
          signedRange(overSeeds[test]?.interval),
          signedRange(bootstrap?.[test].interval),
        ]),
      ),
    ),
  ];
}

function failureBlocks({ failures }: SetReport): string[] {
  return [
    "Trials that failed; a setting with one of them is not chosen:",
    markdownTable(
      ["model", "settings", "seed", "reason"],
      failures.map(({ label, settings, seed, reason }) => [
        ...[label, settingsText(settings), String(seed), reason],
      ]),
    ),
  ];
}

function meanText(summary: MetricSummary | undefined): string {
  return plusMinus(summary?.mean, summary?.standardDeviation);
}

function leakageTable(sets: readonly SetReport[]): string {
  const share = (count: number | undefined, tests: number | undefined): string =>
    percent(count === undefined || tests === undefined || tests === 0 ? undefined : count / tests);
  return markdownTable(
    [
      "set",
      "overlap",
      "half covered",
      "by the same label",
      "copies",
      "share 64 bases",
      "inside pretraining",
    ],
    sets.map(({ name, leakage: { intervals, sequences, pretraining } }) => [
      name,
      share(intervals?.overlapping, intervals?.tests),
      share(intervals?.halfCovered, intervals?.tests),
      share(intervals?.halfCoveredSameLabel, intervals?.tests),
      share(intervals?.copies ?? sequences?.copies, (intervals ?? sequences)?.tests),
      share(sequences?.sharingBases, sequences?.tests),
      share(pretraining?.inside, pretraining?.tests),
    ]),
  );
}

function publishedBlocks({ paper, source, table, protocol, results }: PublishedTable): string[] {
  const flag = protocol.isSelectedOnTest ? " **Selected on the test set.**" : "";
  return [
    `### ${markdownText(`${paper.split(",")[0]}, ${table}`)}`,
    `${markdownText(`${paper}, ${source}`)}.${flag}`,
    [
      `- Split: ${markdownText(protocol.split)}`,
      `- Number: ${markdownText(protocol.average)}`,
      `- ±: ${markdownText(protocol.plusMinus)}`,
      `- Selection: ${markdownText(protocol.selection)}`,
    ].join("\n"),
    markdownTable(
      ["set", "model", "metric", "published"],
      results.map(({ set, model, metric, value, plusMinus: reach }) => [
        set,
        model,
        METRIC_LABELS[metric],
        plusMinus(value, reach),
      ]),
    ),
  ];
}
