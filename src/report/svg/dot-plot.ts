/** One row a model: its mean, the interval of the mean, and the seeds as small dots. */

import type { ConfidenceInterval } from "../../stats/uncertainty/confidence-interval.ts";
import { html, type Markup } from "../html/markup.ts";
import {
  CHART_WIDTH,
  type ChartText,
  chart,
  mark,
  type Plot,
  plotOf,
  shortened,
  type Tone,
  xAxis,
} from "./chart.ts";
import { at, extent, type Range, widened } from "./scale.ts";

export interface DotRow {
  readonly label: string;
  readonly tone: Tone;
  /** undefined leaves the row empty */
  readonly value: number | undefined;
  readonly interval?: ConfidenceInterval | undefined;
  /** The seeds. */
  readonly points?: readonly number[];
  /** Printed at the right. */
  readonly text: string;
}

export interface DotGroup {
  readonly heading?: string;
  readonly rows: readonly DotRow[];
}

export interface DotPlotOptions extends ChartText {
  readonly groups: readonly DotGroup[];
  readonly axis: string;
  /** A dashed line through all rows. */
  readonly reference?: number | undefined;
  /** What values can be; the axis does not leave it. */
  readonly limits?: Range;
  /** The axis is at least so long; by default 0.02, as of shares. */
  readonly leastWidth?: number;
}

const ROW = 33;
const HEADING = 24;
const GAP = 8;
const [LEFT, RIGHT, TOP] = [6, CHART_WIDTH - 6, 6];

export function dotPlot(options: DotPlotOptions): Markup {
  const { groups, axis, reference } = options;
  const domain = dotDomain(options);
  const height = groups.reduce((sum, group) => sum + groupHeight(group), 0);
  const box = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + height };
  const plot = plotOf(box, domain, [0, 1]);
  let top = TOP;
  const drawn = groups.map((group) => {
    const start = top;
    top += groupHeight(group);
    return drawGroup(group, plot, start);
  });
  const line =
    reference === undefined
      ? undefined
      : html`<line class="reference" x1="${at(plot.x(reference))}" x2="${at(plot.x(reference))}" y1="${TOP}" y2="${at(box.bottom)}"/>`;
  return chart(options, box.bottom + 38, [xAxis(plot, domain, axis, 6), line, drawn]);
}

/** All means and seeds, and intervals unless they dwarf these: those are cut, with an arrow. */
function dotDomain({ groups, reference, limits, leastWidth = 0.02 }: DotPlotOptions): Range {
  const rows = groups.flatMap((group) => group.rows);
  const values = rows.flatMap(({ value, points = [] }) => [
    ...(value === undefined ? [] : [value]),
    ...points,
  ]);
  const core = extent(reference === undefined ? values : [...values, reference]);
  const most = widened(core, 0.35, 2 * leastWidth);
  const ends = rows.flatMap(({ interval }) =>
    interval === undefined ? [] : [interval.low, interval.high],
  );
  const kept = ends.map((end) => Math.min(most[1], Math.max(most[0], end)));
  const [low, high] = widened(extent([...core, ...kept]), 0.04, leastWidth);
  return limits === undefined ? [low, high] : [Math.max(low, limits[0]), Math.min(high, limits[1])];
}

function groupHeight({ heading, rows }: DotGroup): number {
  return rows.length * ROW + (heading === undefined ? 0 : HEADING) + GAP;
}

function drawGroup({ heading, rows }: DotGroup, plot: Plot, top: number): Markup {
  const first = top + (heading === undefined ? 0 : HEADING);
  const title =
    heading === undefined
      ? undefined
      : html`<text class="heading" x="${LEFT}" y="${at(top + 15)}">${shortened(heading, 52)}</text>`;
  return html`<g>${title}${rows.map((row, i) => drawRow(row, plot, first + i * ROW))}</g>`;
}

function drawRow(row: DotRow, plot: Plot, top: number): Markup {
  const { label, tone, value, interval, points = [], text } = row;
  const y = top + 23;
  const seeds = points.map(
    (point) => html`<circle class="seed ${tone}" cx="${at(plot.x(point))}" cy="${at(y)}" r="2.2"/>`,
  );
  return html`<g><title>${label}: ${text}</title><text class="row-label ${tone}" x="${LEFT}" y="${at(top + 13)}">${shortened(label, 32)}</text><text class="row-value ${tone}" x="${RIGHT}" y="${at(top + 13)}" text-anchor="end">${text}</text><line class="track" x1="${LEFT}" x2="${RIGHT}" y1="${at(y)}" y2="${at(y)}"/>${interval === undefined ? undefined : drawInterval(interval, tone, plot, y)}${seeds}${value === undefined ? undefined : mark(tone, plot.x(value), y)}</g>`;
}

function drawInterval(
  { low, high }: ConfidenceInterval,
  tone: Tone,
  plot: Plot,
  y: number,
): Markup {
  const [from, to] = [plot.x(low), plot.x(high)];
  const [left, right] = [Math.max(from, plot.left), Math.min(to, plot.right)];
  const end = (x: number, isCut: boolean, way: number): Markup =>
    isCut
      ? html`<path class="interval ${tone}" d="M${at(x - 5 * way)} ${at(y - 4)}L${at(x)} ${at(y)}L${at(x - 5 * way)} ${at(y + 4)}"/>`
      : html`<line class="interval ${tone}" x1="${at(x)}" x2="${at(x)}" y1="${at(y - 3.5)}" y2="${at(y + 3.5)}"/>`;
  return html`<g><line class="interval ${tone}" x1="${at(left)}" x2="${at(right)}" y1="${at(y)}" y2="${at(y)}"/>${end(left, from < plot.left, -1)}${end(right, to > plot.right, 1)}</g>`;
}
