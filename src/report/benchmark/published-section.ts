/** Numbers of papers: beside ours in a chart of bands, and in tables of their own, each under its protocol. */

import type { MetricName } from "../../stats/metrics/metrics-of.ts";
import type { SetReport } from "../benchmark-record.ts";
import { factList } from "../html/fact-list.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { METRIC_LABELS } from "../metric-labels.ts";
import { fixed, plusMinus } from "../numbers.ts";
import type { PublishedResult, PublishedTable } from "../published/published-table.ts";
import { type DotGroup, dotPlot } from "../svg/dot-plot.ts";
import { type Roles, toneOf } from "./tones.ts";

/** Nothing where no paper has the set. Tables that were selected on the test set stay out of the chart. */
export function publishedFigure(
  set: SetReport,
  roles: Roles,
  published: readonly PublishedTable[],
  id: string,
): Markup | undefined {
  const bands = published
    .filter(({ protocol }) => !protocol.isSelectedOnTest)
    .flatMap((paper): DotGroup[] => {
      const rows = paper.results.filter((one) => one.set === set.name && one.metric === "accuracy");
      return rows.length === 0 ? [] : [{ heading: headingOf(paper), rows: rows.map(publishedRow) }];
    });
  if (bands.length === 0) return undefined;
  const ours: DotGroup = {
    heading: "this report, whole test",
    rows: set.models
      .filter(({ kind, name }) => kind === "network" || name === roles.yardstick)
      .map((model) => {
        const summary = model.summary.whole.accuracy;
        return {
          label: model.label,
          tone: toneOf(model, roles),
          value: summary?.mean,
          interval: summary?.interval,
          text: plusMinus(summary?.mean, summary?.standardDeviation),
        };
      }),
  };
  const chart = dotPlot({
    id: `${id}-published`,
    title: `Published accuracies on ${set.name}, beside ours`,
    description:
      "A band a table: first this report's, then those of papers, each by its own protocol.",
    groups: [ours, ...bands],
    axis: "accuracy",
    limits: [0, 1],
  });
  return html`<h3>Published numbers, each by its own protocol</h3>
${figure([{ chart }], html`<b>Published accuracies</b> are of other protocols and not to be compared to the third digit. Ours: mean, standard deviation and 95\u00a0% interval over seeds. ${set.protocol} Theirs: what each paper prints, with its own ±; the protocols stand under <a href="#published">Published numbers</a>.`)}`;
}

function publishedRow({
  model,
  value,
  plusMinus: reach,
}: PublishedResult): DotGroup["rows"][number] {
  const interval = reach === undefined ? undefined : { low: value - reach, high: value + reach };
  return { label: model, tone: "third", value, interval, text: plusMinus(value, reach) };
}

export function publishedSection(published: readonly PublishedTable[]): Markup {
  return html`<p>As printed in the papers. None of these numbers was made by this report, and their protocols differ from each other and from ours: read down a table, not across.</p>
${published.map(publishedTable)}`;
}

function headingOf({ paper, table: name }: PublishedTable): string {
  return `${paper.split(",")[0]}, ${name}`;
}

function publishedTable(paper: PublishedTable): Markup {
  const { protocol, results, source } = paper;
  const columns = [...new Map(results.map((one) => [columnKey(one), one])).values()];
  const sets = [...new Set(results.map(({ set }) => set))];
  const metrics = [...new Set(results.map(({ metric }) => METRIC_LABELS[metric]))];
  const flag = protocol.isSelectedOnTest
    ? html` <span class="badge">selected on test</span>`
    : undefined;
  return html`<h3>${headingOf(paper)}${flag}</h3><p class="note">${paper.paper}, ${source}</p>
${factList([
  ["Split", protocol.split],
  ["Number", protocol.average],
  ["±", protocol.plusMinus],
  ["Selection", protocol.selection],
])}
${table({
  name: headingOf(paper),
  caption: `Published ${metrics.join(" and ")}.`,
  head: ["", ...columns.map(({ model, metric }) => columnHead(model, metric, metrics.length))],
  bodies: [
    sets.map((set) => ({
      head: set,
      cells: columns.map((column) => {
        const key = columnKey(column);
        const found = results.find((one) => one.set === set && columnKey(one) === key);
        const reach = found?.plusMinus;
        return reach === undefined
          ? fixed(found?.value)
          : html`${fixed(found?.value)}<small>± ${fixed(reach)}</small>`;
      }),
    })),
  ],
})}`;
}

const columnKey = ({ model, metric }: PublishedResult): string => JSON.stringify([model, metric]);

function columnHead(model: string, metric: MetricName, metrics: number): string {
  return metrics === 1 ? model : `${model}, ${METRIC_LABELS[metric]}`;
}
