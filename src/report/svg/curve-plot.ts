/** Two or three curves with their bands, on linear or logarithmic axes. */

import { html, type Markup } from "../html/markup.ts";
import {
  CHART_WIDTH,
  type ChartText,
  chart,
  LEGEND_LINE,
  type LegendEntry,
  legend,
  mark,
  polyline,
} from "./chart.ts";
import { logExtent, logScale, logTicks, logTickText } from "./log-scale.ts";
import {
  at,
  extent,
  leastWidth,
  linearScale,
  type Range,
  tickDigits,
  ticks,
  widened,
} from "./scale.ts";

export interface BandPoint {
  readonly x: number;
  readonly y: number;
  /** undefined where the error is not known */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export interface BandSeries extends LegendEntry {
  readonly points: readonly BandPoint[];
  /** A mark at every point, for few of them. */
  readonly hasMarks?: boolean;
}

export interface Axis {
  readonly label: string;
  readonly isLog?: boolean;
  readonly domain?: Range;
  /** Of a number on the axis; by default as it is. */
  readonly text?: (value: number) => string;
}

export interface CurvePlotOptions extends ChartText {
  readonly series: readonly BandSeries[];
  readonly x: Axis;
  readonly y: Axis;
  /** A dashed straight line between two places. */
  readonly reference?: readonly [Range, Range];
}

const PLOT_HEIGHT = 200;
const [LEFT, RIGHT] = [46, CHART_WIDTH - 10];
const MOST_TICKS = 6;

export function curvePlot(options: CurvePlotOptions): Markup {
  const { series, x, y, reference } = options;
  const points = series.flatMap((one) => one.points);
  const top = series.length * LEGEND_LINE + 28;
  const bottom = top + PLOT_HEIGHT;
  const xDomain = domainOf(
    x,
    points.map((point) => point.x),
    0,
  );
  const ys = points.flatMap((point) => [
    ...[point.y, point.high ?? point.y],
    ...(y.isLog === true ? [] : [point.low ?? point.y]), // bands that reach 0 are cut
  ]);
  const yDomain = domainOf(y, ys, 0.04);
  const plot = {
    ...{ left: LEFT, right: RIGHT, top, bottom },
    x: scaleOf(x, xDomain, [LEFT, RIGHT]),
    y: scaleOf(y, yDomain, [bottom, top]),
  };
  const line = reference && polyline(plot, reference, "reference");
  return chart(options, bottom + 38, [
    legend(series, 4, 0),
    ticksOf(y, yDomain).map(([value, text]) => {
      const place = at(plot.y(value));
      return html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${place}" y2="${place}"/><text class="tick" x="${LEFT - 6}" y="${at(place + 3.5)}" text-anchor="end">${text}</text>`;
    }),
    html`<text class="axis-label" x="2" y="${at(top - 11)}">${y.label}</text>`,
    ticksOf(x, xDomain).map(([value, text]) => {
      const place = at(plot.x(value));
      return html`<line class="grid" x1="${place}" x2="${place}" y1="${at(top)}" y2="${at(bottom)}"/><text class="tick" x="${place}" y="${at(bottom + 14)}" text-anchor="middle">${text}</text>`;
    }),
    html`<line class="axis" x1="${LEFT}" x2="${RIGHT}" y1="${at(bottom)}" y2="${at(bottom)}"/><text class="axis-label" x="${at((LEFT + RIGHT) / 2)}" y="${at(bottom + 31)}" text-anchor="middle">${x.label}</text>`,
    line,
    series.map((one) => drawSeries(one, plot, y, yDomain)),
  ]);
}

function domainOf(axis: Axis, values: readonly number[], wider: number): Range {
  if (axis.domain !== undefined) return axis.domain;
  if (axis.isLog === true) return logExtent(values);
  const all = extent(values);
  return widened(all, wider, leastWidth(all));
}

function scaleOf(axis: Axis, domain: Range, range: Range): (value: number) => number {
  return axis.isLog === true ? logScale(domain, range) : linearScale(domain, range);
}

function ticksOf(axis: Axis, domain: Range): readonly (readonly [value: number, text: string])[] {
  if (axis.isLog === true) {
    return logTicks(domain, MOST_TICKS).map((value) => [value, logTickText(value)]);
  }
  const values = ticks(domain, MOST_TICKS);
  const digits = tickDigits(values);
  const text = axis.text ?? ((value: number) => value.toFixed(digits).replace("-", "−"));
  return values.map((value) => [value, text(value)]);
}

interface CurvePlot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** What a logarithmic axis cannot show, 0 and less, is left out of the line, and cut off the band. */
function drawSeries(
  { tone, isDashed, points, hasMarks }: BandSeries,
  plot: CurvePlot,
  y: Axis,
  [low, high]: Range,
): Markup {
  const shown = y.isLog === true ? points.filter((point) => point.y > 0) : points;
  if (shown.length === 0) return html`<g></g>`;
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  const place = (x: number, value: number): string =>
    `${at(plot.x(x))} ${at(plot.y(inside(value)))}`;
  const upper = shown.map((point) => place(point.x, point.high ?? point.y));
  const lower = shown.map((point) => place(point.x, point.low ?? point.y)).reverse();
  const hasBand = shown.some((point) => point.low !== undefined);
  const band = hasBand
    ? html`<path class="band ${tone}" d="M${[...upper, ...lower].join("L")}z"/>`
    : undefined;
  const dash = isDashed === true ? " dashed" : "";
  const ends = hasMarks === true ? shown : []; // lines are told apart by their dashes
  const line = polyline(
    plot,
    shown.map((point) => [point.x, inside(point.y)] as const),
    `line ${tone}${dash}`,
  );
  return html`<g>${band}${line}${ends.map((point) => mark(tone, plot.x(point.x), plot.y(inside(point.y)), 3.2))}</g>`;
}
