/** Accuracy by length, by GC share, and by how near the nearest training sequence is. */

import { formatCount } from "../../util/format.ts";
import type { ModelReport, Property, SetReport } from "../benchmark-record.ts";
import type { MainAndYardstick } from "../find-model.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import { binPlot } from "../svg/bin-plot.ts";

interface PropertyText {
  readonly name: Property;
  readonly heading: string;
  readonly axis: string;
  readonly bound: (bound: number) => string;
}

const share = (bound: number): string => String(Number(bound.toFixed(2)));

const PROPERTY_TEXTS: readonly PropertyText[] = [
  { name: "length", heading: "by length", axis: "bases", bound: formatCount },
  { name: "gc", heading: "by GC share", axis: "share of G and C", bound: share },
  {
    name: "nearest",
    heading: "by nearness to training",
    axis: "share of 24-mers",
    bound: share,
  },
];

export function propertyFigure(set: SetReport, models: MainAndYardstick, id: string): Markup {
  const [main, yardstick] = models;
  const shown = PROPERTY_TEXTS.filter(({ name }) => main.accuracyBy[name].length > 0);
  if (shown.length === 0) return html`<p class="note">Not measured.</p>`;
  const panels = shown.map(({ name, heading, axis, bound }) => ({
    heading,
    chart: binPlot({
      id: `${id}-by-${name}`,
      title: `Accuracy ${heading} on ${set.name}`,
      description:
        "A place a bin: the accuracy of two models with Wilson's 95 % intervals; below, how many sequences the bin has.",
      xLabel: axis,
      boundText: bound,
      series: [
        { label: main.label, tone: "main", rows: main.accuracyBy[name] },
        { label: yardstick.label, tone: "base", rows: yardstick.accuracyBy[name] },
      ],
    }),
  }));
  return figure(
    panels,
    html`<b>Accuracy by property</b> on the whole test, over all seeds. Intervals (Wilson, 95 %) and counts are those of one test set, since seeds may share their sequences. Nearness is the share of a sequence’s 24-mers that one training sequence has.`,
    propertyTable(models, shown),
  );
}

function propertyTable(models: readonly ModelReport[], shown: readonly PropertyText[]): Markup {
  return table({
    name: "Accuracy by property",
    caption: "Accuracy by bins of a property.",
    head: ["", "sequences", ...models.map(({ label }) => label)],
    bodies: shown.map(({ name, heading, bound }) => {
      const rows = models[0]?.accuracyBy[name] ?? [];
      return rows.map(({ from, to, count }, i) => ({
        head: `${i === 0 ? `${heading}: ` : ""}${bound(from)}–${bound(to)}`,
        cells: [
          formatCount(count),
          ...models.map((model) => fixed(model.accuracyBy[name][i]?.accuracy)),
        ],
      }));
    }),
  });
}
