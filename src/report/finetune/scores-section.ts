/** What a classifier is worth on its test: every metric with its interval, class by class, and where it is right. */

import type { MetricName, MetricRecord } from "../../stats/metrics/metrics-of.ts";
import { formatCount } from "../../util/format.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { calibrationFigure } from "../classification/calibration-figure.ts";
import { propertyFigure } from "../classification/property-figure.ts";
import { TEST_LABELS } from "../classification/test-labels.ts";
import type { FinetuneRecord, FinetuneTest, TestScores } from "../finetune-record.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { IS_ERROR, METRIC_LABELS, METRIC_NAMES } from "../metric-labels.ts";
import { fixed, range } from "../numbers.ts";
import { type DotRow, dotPlot } from "../svg/dot-plot.ts";

/** Those of which more is better, on one axis. */
const DRAWN = METRIC_NAMES.filter((name) => !IS_ERROR.has(name));
const LABEL = "this run";

export function scoresSection(record: FinetuneRecord): Markup {
  const { set, classes, test, valid } = record;
  if (test === undefined) {
    return valid === undefined
      ? html`<p class="note">Nothing was predicted yet.</p>`
      : metricTable(record);
  }
  const { metrics } = test.whole;
  const shown = { label: LABEL, tone: "main" } as const;
  const calibrated = { ...shown, reliability: metrics.reliability, ece: metrics.ece };
  const of = { set, classes, seeds: 1, confusion: metrics.confusion };
  return html`${scoresFigure(set, test)}${metricTable(record)}${absentClasses(metrics)}
<h3>Class by class</h3>${classTable(metrics)}
<h3>Calibration and confusion</h3>${calibrationFigure({ ...of, models: [calibrated] }, "test")}
<h3>Where it is right</h3>${propertyFigure({ set, seeds: 1, models: [{ ...shown, accuracyBy: test.accuracyBy }] }, "test")}`;
}

function scoresFigure(set: string, test: FinetuneTest): Markup {
  const panels = TEST_KINDS.flatMap((kind) => {
    const scores = test[kind];
    if (scores === undefined) return [];
    const chart = dotPlot({
      id: `test-${kind}`,
      title: `Metrics on the ${TEST_LABELS[kind]} of ${set}`,
      description: "A row a metric, with its 95 % interval.",
      groups: [{ rows: DRAWN.map((name) => rowOf(scores, name)) }],
      axis: "1 is the best",
      limits: [-1, 1],
    });
    return [{ heading: TEST_LABELS[kind], chart }];
  });
  const groups = formatCount(test.whole.intervals.accuracy.groups);
  const drawn = {
    overlap: `${groups} groups of sequences that overlap, drawn whole`,
    named: `${groups} groups that the data name, drawn whole`,
    none: "sequences taken as independent, since their bases are not here",
  }[test.grouping];
  return figure(
    panels,
    html`<b>On the test.</b> Lines: 95\u00a0% intervals by bootstrap over ${drawn}. The de-duplicated test leaves out what training gives away.`,
  );
}

function rowOf({ metrics, intervals }: TestScores, name: MetricName): DotRow {
  const { interval } = intervals[name];
  const reach = interval === undefined ? "" : `  (${range(interval)})`;
  return {
    ...{ label: METRIC_LABELS[name], tone: "main", value: metrics[name], interval },
    text: `${fixed(metrics[name])}${reach}`,
  };
}

function metricTable({ test, valid, classes }: FinetuneRecord): Markup {
  const f1 =
    classes.length === 2
      ? `F1 is of the class ${classes[1]}`
      : "F1, AUROC and AUPRC are means over classes";
  const columns = [
    ...TEST_KINDS.flatMap((kind) => {
      const scores = test?.[kind];
      return scores === undefined ? [] : [{ head: TEST_LABELS[kind], ...scores }];
    }),
    ...(valid === undefined ? [] : [{ head: "validation", metrics: valid, intervals: undefined }]),
  ];
  const cellOf = (name: MetricName, { metrics, intervals }: (typeof columns)[number]): Markup => {
    const interval = intervals?.[name].interval;
    const beside = interval === undefined ? undefined : html`<small>${range(interval)}</small>`;
    return html`${fixed(metrics[name])}${beside}`;
  };
  const flatters = valid === undefined ? "" : " Validation chose the epoch, so that it flatters.";
  return table({
    name: "Every metric by part",
    caption: html`<b>Every metric</b>${test === undefined ? "" : ", and its 95\u00a0% interval by bootstrap"}. ${f1}; of those marked ↓ the smaller is the better; a dash is not defined.${flatters}`,
    head: ["", ...columns.map(({ head }) => head)],
    bodies: [
      [
        {
          head: "sequences",
          cells: columns.map(({ metrics }) => formatCount(metrics.sequences)),
        },
      ],
      METRIC_NAMES.map((name) => ({
        head: `${METRIC_LABELS[name]}${IS_ERROR.has(name) ? " ↓" : ""}`,
        cells: columns.map((column) => cellOf(name, column)),
      })),
    ],
  });
}

function absentClasses({ byClass, classes }: MetricRecord): Markup | undefined {
  const absent = classes.filter((_, c) => byClass[c]?.count === 0);
  if (absent.length === 0) return undefined;
  return html`<p class="note">The test has no sequence of ${absent.join(", ")}: what compares classes is not defined.</p>`;
}

function classTable({ classes, byClass }: MetricRecord): Markup {
  return table({
    name: "Scores by class",
    caption: html`<b>On the whole test.</b> Precision: of the sequences taken for a class, the share that are of it. Recall: of its sequences, the share taken for it.`,
    head: ["", "sequences", "precision", "recall", "F1"],
    bodies: [
      byClass.map(({ count, precision, recall, f1 }, c) => ({
        head: classes[c],
        cells: [formatCount(count), fixed(precision), fixed(recall), fixed(f1)],
      })),
    ],
  });
}
