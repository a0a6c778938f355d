/** Curves: of each series a thick line, thin ones of its seeds, points with error bars, and marks. */

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
import { at, extent, type Range, widened } from "./scale.ts";

/** A place in data units. */
export type Point = Range;

export interface LineSeries extends LegendEntry {
  readonly line: readonly Point[];
  /** Thin ones behind it. */
  readonly seeds?: readonly (readonly Point[])[];
  readonly marks?: readonly Point[];
  /** Points that stand out. */
  readonly rings?: readonly Point[];
  readonly bars?: readonly ErrorBar[];
  /** Between two lines: x, low, high. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
}

interface ErrorBar {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

export interface LinePlotOptions extends ChartText {
  readonly series: readonly LineSeries[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** A dashed line from left to right, with its name above it. */
  readonly reference?: { readonly value: number; readonly label: string } | undefined;
  readonly xDomain?: Range;
  readonly yDomain?: Range;
  /** On the x axis. */
  readonly mostTicks?: number;
}

const PLOT_HEIGHT = 190;
const [LEFT, RIGHT] = [44, CHART_WIDTH - 10];

export function linePlot(options: LinePlotOptions): Markup {
  const { series, xLabel, yLabel, reference } = options;
  const points = series.flatMap(pointsOf);
  const xDomain = options.xDomain ?? extent(points.map(([x]) => x));
  const ys = points.map(([, y]) => y);
  const yDomain =
    options.yDomain ??
    widened(extent(reference === undefined ? ys : [...ys, reference.value]), 0.05, 1e-3);
  const named = legendEntries(series);
  const top = named.length * LEGEND_LINE + 26;
  const box = { left: LEFT, right: RIGHT, top, bottom: top + PLOT_HEIGHT };
  const plot = plotOf(box, xDomain, yDomain);
  const line =
    reference === undefined
      ? undefined
      : html`<line class="reference" x1="${LEFT}" x2="${RIGHT}" y1="${at(plot.y(reference.value))}" y2="${at(plot.y(reference.value))}"/><text class="tick" x="${RIGHT}" y="${at(plot.y(reference.value) - 4)}" text-anchor="end">${reference.label}</text>`;
  return chart(options, box.bottom + 38, [
    legend(named, 4, 0),
    yAxis(plot, yDomain, yLabel),
    xAxis(plot, xDomain, xLabel, options.mostTicks ?? 6),
    line,
    series.map((one) => drawSeries(one, plot)),
  ]);
}

function pointsOf({
  line,
  seeds = [],
  marks = [],
  rings = [],
  bars = [],
  band = [],
}: LineSeries): Point[] {
  return [
    ...line,
    ...seeds.flat(),
    ...marks,
    ...rings,
    ...bars.flatMap(({ x, low, high }): Point[] => [
      [x, low],
      [x, high],
    ]),
    ...band.flatMap(([x, low, high]): Point[] => [
      [x, low],
      [x, high],
    ]),
  ];
}

function drawSeries(series: LineSeries, plot: Plot): Markup {
  const { tone, isDashed, line, seeds = [], marks = [], rings = [], bars = [], band = [] } = series;
  const dash = isDashed === true ? " dashed" : "";
  const upper = band.map(([x, , high]) => `${at(plot.x(x))} ${at(plot.y(high))}`);
  const lower = band.map(([x, low]) => `${at(plot.x(x))} ${at(plot.y(low))}`).reverse();
  const area =
    band.length === 0
      ? undefined
      : html`<path class="band ${tone}" d="M${[...upper, ...lower].join("L")}z"/>`;
  const errors = bars.map(({ x, low, high }) => {
    const place = at(plot.x(x));
    return html`<line class="interval ${tone}" x1="${place}" x2="${place}" y1="${at(plot.y(low))}" y2="${at(plot.y(high))}"/>`;
  });
  const around = rings.map(
    ([x, y]) =>
      html`<circle class="ring ${tone}" cx="${at(plot.x(x))}" cy="${at(plot.y(y))}" r="6.5"/>`,
  );
  const ends = [...marks, ...line.slice(-1)]; // a mark at the end tells lines apart without colour
  return html`<g>${area}${seeds.map((seed) => polyline(plot, seed, `seed-line ${tone}${dash}`))}${polyline(plot, line, `line ${tone}${dash}`)}${errors}${ends.map(([x, y]) => mark(tone, plot.x(x), plot.y(y), 3))}${around}</g>`;
}
