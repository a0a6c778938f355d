/** A row a thing, and on it two numbers with their intervals: the one that is asked about, and the one beside it. */

import { html, type Markup } from "../html/markup.ts";
import {
  CHART_WIDTH,
  type ChartText,
  chart,
  LEGEND_LINE,
  legend,
  mark,
  type Plot,
  plotOf,
  shortened,
  type Tone,
  xAxis,
} from "./chart.ts";
import { logExtent, logScale, logTicks, logTickText } from "./log-scale.ts";
import { at, extent, leastWidth, type Range, widened } from "./scale.ts";

export interface PairValue {
  readonly value: number | undefined;
  readonly interval: { readonly low: number; readonly high: number } | undefined;
}

export interface PairRow {
  readonly label: string;
  readonly first: PairValue;
  readonly second: PairValue;
  /** Printed in strong letters. */
  readonly isStrong?: boolean;
}

export interface PairPlotOptions extends ChartText {
  readonly rows: readonly PairRow[];
  /** Names of the two, for the legend. */
  readonly names: readonly [first: string, second: string];
  readonly axis: string;
  /** Values that are not positive stand at the left end then. */
  readonly isLog?: boolean;
  /** A dashed line through all rows. */
  readonly reference?: number;
}

const ROW = 21;
const MARGIN = 6;
/** Between the two marks of a row, up and down. */
const SHIFT = 3.2;
const TONES: readonly [Tone, Tone] = ["main", "base"];
/** Of a character of a label, about. */
const LETTER = 6.9;
const MOST_LETTERS = 20;

export function pairPlot(options: PairPlotOptions): Markup {
  const { rows, names, axis, isLog, reference } = options;
  const longest = Math.max(
    0,
    ...rows.map(({ label }) => Math.min(MOST_LETTERS, [...label].length)),
  );
  const left = 12 + LETTER * longest;
  const top = names.length * LEGEND_LINE + 8;
  const bottom = top + rows.length * ROW + MARGIN;
  const domain = pairDomain(options);
  const linear = plotOf({ left, right: CHART_WIDTH - 12, top, bottom }, domain, [0, 1]);
  const plot = isLog === true ? { ...linear, x: logScale(domain, [left, linear.right]) } : linear;
  const line =
    reference === undefined
      ? undefined
      : html`<line class="reference" x1="${at(plot.x(reference))}" x2="${at(plot.x(reference))}" y1="${top}" y2="${at(bottom)}"/>`;
  return chart(options, bottom + 38, [
    legend(
      names.map((label, i) => ({ label, tone: TONES[i] as Tone })),
      4,
      0,
    ),
    isLog === true ? logAxis(plot, domain, axis) : xAxis(plot, domain, axis, 6),
    line,
    rows.map((row, i) => drawRow(row, plot, top + (i + 0.5) * ROW)),
  ]);
}

function logAxis(plot: Plot, domain: Range, label: string): Markup {
  const marks = logTicks(domain, 6).map((value) => {
    const x = at(plot.x(value));
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${at(plot.top)}" y2="${at(plot.bottom)}"/><text class="tick" x="${x}" y="${at(plot.bottom + 14)}" text-anchor="middle">${logTickText(value)}</text>`;
  });
  return html`<g>${marks}<line class="axis" x1="${at(plot.left)}" x2="${at(plot.right)}" y1="${at(plot.bottom)}" y2="${at(plot.bottom)}"/><text class="axis-label" x="${at((plot.left + plot.right) / 2)}" y="${at(plot.bottom + 31)}" text-anchor="middle">${label}</text></g>`;
}

function pairDomain({ rows, reference, isLog }: PairPlotOptions): Range {
  const ends = rows.flatMap(({ first, second }) =>
    [first, second].flatMap(({ value, interval }) => [
      ...(value === undefined ? [] : [value]),
      ...(interval === undefined ? [] : [interval.low, interval.high]),
    ]),
  );
  if (isLog === true) return logExtent(ends);
  const all = extent(reference === undefined ? ends : [...ends, reference]);
  return widened(all, 0.04, leastWidth(all));
}

function drawRow({ label, first, second, isStrong }: PairRow, plot: Plot, y: number): Markup {
  const both = [second, first].map((one, i) => {
    const tone = TONES[1 - i] as Tone;
    const place = y + (i === 0 ? SHIFT : -SHIFT);
    return html`${bar(one, tone, plot, place)}${one.value === undefined ? undefined : mark(tone, plot.x(one.value), place, 3.4)}`;
  });
  const strong = isStrong === true ? " main" : "";
  return html`<g><text class="row-label${strong}" x="6" y="${at(y + 4)}">${shortened(label, MOST_LETTERS)}</text><line class="track" x1="${at(plot.left)}" x2="${at(plot.right)}" y1="${at(y)}" y2="${at(y)}"/>${both}</g>`;
}

function bar({ interval }: PairValue, tone: Tone, plot: Plot, y: number): Markup | undefined {
  if (interval === undefined) return undefined;
  return html`<line class="interval ${tone}" x1="${at(plot.x(interval.low))}" x2="${at(plot.x(interval.high))}" y1="${at(y)}" y2="${at(y)}"/>`;
}
