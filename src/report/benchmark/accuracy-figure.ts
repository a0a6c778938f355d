/** The accuracy of every model on the whole and the de-duplicated test. */

import type { ModelReport, SetReport, TestKind } from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import { modelNamed } from "../find-model.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed, plusMinus } from "../numbers.ts";
import { type DotRow, dotPlot } from "../svg/dot-plot.ts";
import { type Roles, toneOf } from "./tones.ts";

export function accuracyFigure(set: SetReport, roles: Roles, id: string): Markup {
  const yardstick = modelNamed(set, roles.yardstick);
  const panels = TEST_KINDS.map((test) => ({
    heading: TEST_LABELS[test],
    chart: dotPlot({
      id: `${id}-accuracy-${test}`,
      title: `Accuracy on the ${TEST_LABELS[test]} of ${set.name}`,
      description: `A row a model: mean over seeds, its 95 % interval, and the seeds; the dashed line is ${yardstick.label}.`,
      groups: [{ rows: set.models.map((model) => rowOf(model, test, roles)) }],
      axis: "accuracy",
      reference: yardstick.summary[test].accuracy?.mean,
      limits: [0, 1],
    }),
  }));
  return figure(
    panels,
    html`<b>Accuracy by model.</b> Large marks: means over seeds, filled circles the model of this report, diamonds other networks, open circles baselines without a network; lines: 95\u00a0% intervals of the mean (Student’s t over seeds); small dots: seeds; dashed: ${yardstick.label}.`,
    seedsTable(set),
  );
}

function rowOf(model: ModelReport, test: TestKind, roles: Roles): DotRow {
  const summary = model.summary[test].accuracy;
  return {
    label: model.label,
    tone: toneOf(model, roles),
    value: summary?.mean,
    interval: summary?.interval,
    points: model.seeds.flatMap(({ tests }) => tests[test].accuracy ?? []),
    text: plusMinus(summary?.mean, summary?.standardDeviation),
  };
}

function seedsTable({ models }: SetReport): Markup {
  const seeds = models[0]?.seeds.map(({ seed }) => seed) ?? [];
  return table({
    name: "Accuracy by seed",
    caption: "Accuracy by seed: on the whole test, and on the de-duplicated one.",
    head: ["", ...seeds.map((seed) => `seed ${seed}`)],
    bodies: models.map((model) =>
      TEST_KINDS.map((test) => ({
        head: test === "whole" ? model.label : html`<span class="sub">${TEST_LABELS[test]}</span>`,
        cells: model.seeds.map(({ tests }) => fixed(tests[test].accuracy, 4)),
      })),
    ),
  });
}
