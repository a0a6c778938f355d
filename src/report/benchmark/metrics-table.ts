/** Every metric of every model, the whole and the de-duplicated test one under the other. */

import type { SetReport } from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { IS_ERROR, METRIC_LABELS, METRIC_NAMES } from "../metric-labels.ts";
import { meanCell } from "./overview.ts";
import { seedWords } from "./seed-words.ts";
import type { Roles } from "./tones.ts";

export function metricsTable(set: SetReport, { mainModel }: Roles): Markup {
  const f1 =
    set.classes.length === 2
      ? `F1 is of the class ${set.classes[1]}`
      : "F1, AUROC and AUPRC are means over classes";
  return table({
    isDense: true,
    name: "Every metric by model",
    caption: html`<b>Metrics.</b> ${seedWords(set)} ${f1}; of columns marked ↓ the smaller is the better; a dash is not defined, by one seed at least.`,
    head: [
      "",
      ...METRIC_NAMES.map((name) => `${METRIC_LABELS[name]}${IS_ERROR.has(name) ? " ↓" : ""}`),
    ],
    bodies: set.models.map((model) =>
      TEST_KINDS.map((test) => ({
        head: test === "whole" ? model.label : html`<span class="sub">${TEST_LABELS[test]}</span>`,
        cells: METRIC_NAMES.map((name) => meanCell(model.summary[test][name])),
        isStrong: model.name === mainModel,
      })),
    ),
  });
}
