/** The reliability diagram: of predictions made with some confidence, how many are right; below, how many were made. */

import type { ReliabilityBin } from "../../stats/metrics/calibration.ts";
import { html, type Markup } from "../html/markup.ts";
import {
  CHART_WIDTH,
  type ChartText,
  chart,
  LEGEND_LINE,
  type LegendEntry,
  legend,
  legendEntries,
  mark,
  type Plot,
  plotOf,
  polyline,
  xAxis,
  yAxis,
} from "./chart.ts";
import { at, type Range } from "./scale.ts";

interface ReliabilitySeries extends LegendEntry {
  readonly bins: readonly ReliabilityBin[];
}

export interface ReliabilityPlotOptions extends ChartText {
  readonly series: readonly ReliabilitySeries[];
  /** The most probable of `classes` classes has at least 1 / classes: where the axes begin, if no bin is below. */
  readonly classes: number;
}

const SIDE = 200;
const COUNTS = 34;
const LEFT = 44;
const RIGHT = CHART_WIDTH - 10;

export function reliabilityPlot(options: ReliabilityPlotOptions): Markup {
  const { series, classes } = options;
  const accuracies = series.flatMap(({ bins }) => bins.map(({ accuracy }) => accuracy ?? 1));
  const domain: Range = [Math.floor(10 * Math.min(1 / classes, ...accuracies)) / 10, 1];
  const named = legendEntries(series);
  const top = named.length * LEGEND_LINE + 26;
  const box = { left: LEFT, right: RIGHT, top, bottom: top + SIDE };
  const plot = plotOf(box, domain, domain);
  const counts = plotOf(
    { ...box, top: box.bottom + 6, bottom: box.bottom + 6 + COUNTS },
    domain,
    [0, 1],
  );
  const first = series[0];
  return chart(options, counts.bottom + 38, [
    legend(named, 4, 0),
    yAxis(plot, domain, "share that is right"),
    polyline(
      plot,
      [
        [domain[0], domain[0]],
        [1, 1],
      ],
      "reference",
    ),
    series.map((one) => drawCurve(one, plot)),
    first === undefined ? undefined : drawCounts(first, counts),
    xAxis({ ...counts, top: box.top }, domain, "confidence of the predicted class"),
  ]);
}

function drawCurve({ tone, bins }: ReliabilitySeries, plot: Plot): Markup {
  const points = bins.flatMap(({ confidence, accuracy }): Range[] =>
    confidence === undefined || accuracy === undefined ? [] : [[confidence, accuracy]],
  );
  return html`<g>${polyline(plot, points, `line ${tone}`)}${points.map(([x, y]) => mark(tone, plot.x(x), plot.y(y), 3.2))}</g>`;
}

/** Bars of the first series: the share of all predictions in each bin, the fullest as high as the strip. */
function drawCounts({ tone, bins }: ReliabilitySeries, plot: Plot): Markup {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const bars = bins.flatMap(({ from, to, count }) => {
    const left = Math.max(plot.x(from), plot.left);
    if (count === 0 || plot.x(to) <= left) return [];
    const y = plot.y(count / most);
    return html`<rect class="bar ${tone}" x="${at(left + 0.5)}" y="${at(y)}" width="${at(plot.x(to) - left - 1)}" height="${at(plot.bottom - y)}"/>`;
  });
  return html`<g>${bars}</g>`;
}
