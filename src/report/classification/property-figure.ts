/** Accuracy by length, by GC share, and by how near the nearest training sequence is. */

import { formatCount } from "../../util/format.ts";
import type { AccuracyByProperty, Property } from "../benchmark-record.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import { binPlot } from "../svg/bin-plot.ts";
import type { LegendEntry } from "../svg/chart.ts";

interface PropertyModel extends LegendEntry {
  readonly accuracyBy: AccuracyByProperty;
}

export interface PropertyOptions {
  readonly set: string;
  /** Seeds that the rows are the means of. */
  readonly seeds: number;
  /** With the same rows. */
  readonly models: readonly [PropertyModel, ...(readonly PropertyModel[])];
}

interface PropertyText {
  readonly name: Property;
  readonly heading: string;
  readonly axis: string;
  readonly range: (from: number, to: number) => string;
  /** What a chart of one bin would show. */
  readonly alike: (range: string) => string;
}

/** Whole numbers up to below `to`. */
const bases = (from: number, to: number): string =>
  to - from <= 1 ? formatCount(from) : `${formatCount(from)}–${formatCount(to - 1)}`;
const percents = (from: number, to: number): string =>
  `${Math.round(100 * from)}–${Math.round(100 * to)}`;

const PROPERTY_TEXTS: readonly PropertyText[] = [
  {
    ...{ name: "length", heading: "by length", axis: "length, bases", range: bases },
    alike: (range) => `All sequences have ${range} bases.`,
  },
  {
    ...{ name: "gc", heading: "by GC share", axis: "G and C, %", range: percents },
    alike: (range) => `G and C are ${range}\u00a0% of every sequence.`,
  },
  {
    ...{ name: "nearest", heading: "by nearness to training", axis: "24-mers shared, %" },
    range: percents,
    alike: (range) => `Every sequence shares ${range}\u00a0% of its 24-mers.`,
  },
];

/** @param id of the section, of which those of its charts are made */
export function propertyFigure({ set, seeds, models }: PropertyOptions, id: string): Markup {
  const [main] = models;
  const known = PROPERTY_TEXTS.filter(({ name }) => main.accuracyBy[name].length > 0);
  if (known.length === 0) return html`<p class="note">Not measured.</p>`;
  const isDrawn = ({ name }: PropertyText): boolean => main.accuracyBy[name].length > 1;
  const panels = known.filter(isDrawn).map(({ name, heading, axis, range }) => ({
    heading,
    chart: binPlot({
      id: `${id}-by-${name}`,
      title: `Accuracy ${heading} on ${set}`,
      description:
        "A place a bin: the accuracy with its Wilson 95 % interval; below, how many sequences the bin has.",
      xLabel: axis,
      rangeText: range,
      series: models.map(({ label, tone, accuracyBy }) => ({
        ...{ label, tone, rows: accuracyBy[name] },
      })),
    }),
  }));
  const single = known.filter((text) => !isDrawn(text)).map((text) => singleBin(text, main));
  const where =
    seeds === 1
      ? "on the whole test. Intervals: Wilson, 95\u00a0%."
      : "on the whole test, over all seeds. Intervals (Wilson, 95\u00a0%) and counts are those of one test set, since seeds may share their sequences.";
  return figure(
    panels,
    html`<b>Accuracy by property</b> ${where} Nearness is the share of a sequence’s 24-mers that one training sequence has.${single}`,
    propertyTable(models, known),
  );
}

function singleBin({ name, range, alike }: PropertyText, { accuracyBy }: PropertyModel): string {
  const [row] = accuracyBy[name];
  return row === undefined ? "" : ` ${alike(range(row.from, row.to))}`;
}

function propertyTable(models: readonly PropertyModel[], shown: readonly PropertyText[]): Markup {
  return table({
    name: "Accuracy by property",
    caption: "Accuracy by bins of a property.",
    head: ["", "sequences", ...models.map(({ label }) => label)],
    bodies: shown.map(({ name, axis, range }) => {
      const rows = models[0]?.accuracyBy[name] ?? [];
      return rows.map(({ from, to, count }, i) => ({
        head: `${i === 0 ? `${axis}: ` : ""}${range(from, to)}`,
        cells: [
          formatCount(count),
          ...models.map((model) => fixed(model.accuracyBy[name][i]?.accuracy)),
        ],
      }));
    }),
  });
}
