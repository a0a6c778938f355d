/** All sets on one screen: verdicts, accuracies, and what the main model adds. */

import type { BenchmarkRecord, ModelDifference, SetReport, TestKind } from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import { modelNamed } from "../find-model.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { type Cell, table } from "../html/table.ts";
import { verdictItem } from "../html/verdict-item.ts";
import { fixed, signed, signedRange } from "../numbers.ts";
import { publicText } from "../public-text.ts";
import { type DotGroup, dotPlot } from "../svg/dot-plot.ts";
import { verdicts } from "../verdict.ts";
import { seedWords } from "./seed-words.ts";

/** The first lines of the page: an item for every set that was asked for. */
export function verdictList(record: BenchmarkRecord): Markup {
  const items = verdicts(record).map(({ set, standing, text }) => verdictItem(standing, set, text));
  const absent = record.leftOut.map(({ set, reason }) =>
    verdictItem("absent", set, `Left out: ${publicText(reason)}`),
  );
  return html`<ul class="verdicts">${items}${absent}</ul>`;
}

export function overviewSection(record: BenchmarkRecord): Markup {
  return html`${accuracyTable(record)}<h3>What the model adds, seed by seed</h3>${differenceFigure(record)}`;
}

/** Names of the models of all sets, in the order of their first appearance, with their labels. */
function modelLabels({ sets }: Pick<BenchmarkRecord, "sets">): ReadonlyMap<string, string> {
  return new Map(sets.flatMap(({ models }) => models.map(({ name, label }) => [name, label])));
}

function accuracyTable(record: BenchmarkRecord): Markup {
  const labels = modelLabels(record);
  return table({
    isDense: true,
    name: "Accuracy by set and model",
    caption: html`<b>Accuracy.</b> ${seedWords(record.sets[0])} Of every set the whole test, and below it the test without what the training set gives away. The best mean of a row is bold.`,
    head: ["", ...labels.values()],
    bodies: record.sets.map((set) =>
      TEST_KINDS.map((test) => {
        const summaries = [...labels.keys()].map(
          (name) => set.models.find((model) => model.name === name)?.summary[test].accuracy,
        );
        const best = Math.max(...summaries.map((summary) => summary?.mean ?? 0));
        const cells = summaries.map((summary): Cell => {
          const body = meanCell(summary);
          return summary?.mean === best ? { body, className: "best" } : body;
        });
        const head =
          test === "whole" ? set.name : html`<span class="sub">${TEST_LABELS[test]}</span>`;
        return { head, cells };
      }),
    ),
  });
}

/** `0.912 ± 0.004` with its deviation in small. */
export function meanCell(
  summary: { readonly mean: number; readonly standardDeviation: number | undefined } | undefined,
): Markup {
  const deviation = summary?.standardDeviation;
  return deviation === undefined
    ? html`${fixed(summary?.mean)}`
    : html`${fixed(summary?.mean)}<small>± ${fixed(deviation)}</small>`;
}

function differenceFigure(record: BenchmarkRecord): Markup {
  const { mainModel, yardstick, sets } = record;
  const labels = modelLabels(record);
  const others = [...labels.keys()].filter(
    (name) =>
      name !== mainModel &&
      sets.some((set) => differenceTo(set, name) !== undefined) &&
      (name === yardstick || sets.some((set) => kindOf(set, name) === "network")),
  );
  const panels = others.map((name, i) => ({
    heading: `minus ${labels.get(name) ?? name}`,
    chart: dotPlot({
      id: `added-${i + 1}`,
      title: `Accuracy of ${labels.get(mainModel) ?? mainModel} minus that of ${labels.get(name) ?? name}`,
      description:
        "A row a set and test: the mean difference over seeds, its interval, and the seeds.",
      groups: sets.flatMap((set) => differenceGroup(set, name, mainModel)),
      axis: "difference in accuracy",
      reference: 0,
    }),
  }));
  return figure(
    panels,
    html`<b>Difference in accuracy of ${labels.get(mainModel) ?? mainModel}</b> to other models, on the same seeds and splits. Large marks: means; lines: 95\u00a0% intervals over seeds (Student’s t); small dots: seeds. Right of the dashed line the model is better. Lines that end in arrows go on.`,
  );
}

function differenceGroup(set: SetReport, name: string, mainModel: string): DotGroup[] {
  const difference = differenceTo(set, name);
  if (difference === undefined) return [];
  const rows = TEST_KINDS.map((test) => {
    const by = difference.overSeeds[test];
    const text =
      by?.interval === undefined
        ? signed(by?.mean)
        : `${signed(by.mean)}  (${signedRange(by.interval)})`;
    return {
      label: TEST_LABELS[test],
      tone: test === "whole" ? ("main" as const) : ("second" as const),
      value: by?.mean,
      interval: by?.interval,
      points: by === undefined ? [] : seedDifferences(set, mainModel, difference, test),
      text,
    };
  });
  return [{ heading: set.name, rows }];
}

function seedDifferences(
  set: SetReport,
  mainModel: string,
  { baseline, metric }: ModelDifference,
  test: TestKind,
): number[] {
  const other = modelNamed(set, baseline);
  return modelNamed(set, mainModel).seeds.flatMap(({ tests }, i) => {
    const [a, b] = [tests[test][metric], other.seeds[i]?.tests[test][metric]];
    return a === undefined || b === undefined ? [] : [a - b];
  });
}

function differenceTo(set: SetReport, name: string): ModelDifference | undefined {
  return set.differences.find(({ baseline, metric }) => baseline === name && metric === "accuracy");
}

function kindOf(set: SetReport, name: string): string | undefined {
  return set.models.find((model) => model.name === name)?.kind;
}
