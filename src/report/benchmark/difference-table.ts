/** The main model less each other one, with every interval that is known. */

import type { ModelDifference, ModelReport, SetReport, TestKind } from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import { modelNamed } from "../find-model.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { METRIC_LABELS } from "../metric-labels.ts";
import { fixed, signed, signedRange } from "../numbers.ts";

export function differenceTable(set: SetReport, main: ModelReport): Markup {
  return table({
    name: "Differences to each baseline",
    caption: html`<b>${main.label} less each other model</b>, paired: both on the same splits. Intervals are of 95\u00a0%: over seeds (Student’s t), and by bootstrap over whole groups of test sequences where one was made.`,
    head: ["", "metric", "mean", "over seeds", "p", "bootstrap"],
    bodies: set.differences.map((difference) =>
      TEST_KINDS.map((test) => ({
        head:
          test === "whole"
            ? modelNamed(set, difference.baseline).label
            : html`<span class="sub">${TEST_LABELS[test]}</span>`,
        cells: cellsOf(difference, test),
      })),
    ),
  });
}

function cellsOf({ metric, overSeeds, bootstrap }: ModelDifference, test: TestKind): string[] {
  const by = overSeeds[test];
  return [
    METRIC_LABELS[metric],
    signed(by?.mean),
    signedRange(by?.interval),
    by?.pValue === undefined || by.pValue >= 0.001 ? fixed(by?.pValue) : "< 0.001",
    signedRange(bootstrap?.[test].interval),
  ];
}
