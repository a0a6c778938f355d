/** Accuracy by bins of a property, with Wilson's intervals; below each bin its bounds and how many sequences it has. */

import type { AccuracyRow } from "../../stats/metrics/accuracy-by.ts";
import { formatCount } from "../../util/format.ts";
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
  yAxis,
} from "./chart.ts";
import { at, extent, type Range, widened } from "./scale.ts";

interface BinSeries extends LegendEntry {
  readonly rows: readonly AccuracyRow[];
}

export interface BinPlotOptions extends ChartText {
  /** With the same bins. */
  readonly series: readonly BinSeries[];
  readonly xLabel: string;
  /** The bounds of a bin below it. */
  readonly rangeText: (from: number, to: number) => string;
}

const PLOT_HEIGHT = 165;
const [LEFT, RIGHT] = [44, CHART_WIDTH - 6];
/** Between the marks of two series in a bin. */
const SHIFT = 11;

export function binPlot(options: BinPlotOptions): Markup {
  const { series, xLabel, rangeText } = options;
  const rows = series[0]?.rows ?? [];
  const yDomain = binDomain(series);
  const named = legendEntries(series);
  const top = named.length * LEGEND_LINE + 26;
  const box = { left: LEFT, right: RIGHT, top, bottom: top + PLOT_HEIGHT };
  const plot = plotOf(box, [0, Math.max(1, rows.length)], yDomain);
  const labels = rows.map(({ from, to, count }, i) => {
    const x = at(plot.x(i + 0.5));
    return html`<text class="tick small" x="${x}" y="${at(box.bottom + 13)}" text-anchor="middle">${rangeText(from, to)}</text><text class="tick small" x="${x}" y="${at(box.bottom + 26)}" text-anchor="middle">${formatCount(count)}</text>`;
  });
  const shift = (i: number): number => (i - (series.length - 1) / 2) * SHIFT;
  return chart(options, box.bottom + 52, [
    legend(named, 4, 0),
    yAxis(plot, yDomain, "accuracy", 5),
    html`<line class="axis" x1="${LEFT}" x2="${RIGHT}" y1="${at(box.bottom)}" y2="${at(box.bottom)}"/>`,
    labels,
    html`<text class="axis-label" x="${at((LEFT + RIGHT) / 2)}" y="${at(box.bottom + 44)}" text-anchor="middle">${xLabel}; below, sequences</text>`,
    series.map((one, i) => drawSeries(one, plot, shift(i))),
  ]);
}

function binDomain(series: readonly BinSeries[]): Range {
  const ends = series
    .flatMap(({ rows }) => rows)
    .flatMap(({ accuracy, interval }) =>
      accuracy === undefined
        ? []
        : [accuracy, interval?.low ?? accuracy, interval?.high ?? accuracy],
    );
  const [low, high] = widened(extent(ends), 0.05, 0.05);
  return [Math.max(0, low), Math.min(1, high)];
}

function drawSeries({ tone, rows }: BinSeries, plot: Plot, shift: number): Markup {
  const marks = rows.flatMap(({ accuracy, interval }, i) => {
    if (accuracy === undefined) return [];
    const x = plot.x(i + 0.5) + shift;
    const bar =
      interval === undefined
        ? undefined
        : html`<line class="interval ${tone}" x1="${at(x)}" x2="${at(x)}" y1="${at(plot.y(interval.low))}" y2="${at(plot.y(interval.high))}"/>`;
    return html`${bar}${mark(tone, x, plot.y(accuracy), 4)}`;
  });
  return html`<g>${marks}</g>`;
}
