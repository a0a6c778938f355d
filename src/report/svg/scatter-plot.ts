/** Points of pairs of positive numbers on logarithmic axes, beside the line on which both are equal. */

import { html, type Markup } from "../html/markup.ts";
import { CHART_WIDTH, type ChartText, chart } from "./chart.ts";
import { logExtent, logScale, logTicks, logTickText } from "./log-scale.ts";
import { at } from "./scale.ts";

interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Drawn larger, in another colour, and named where there is room. */
  readonly isStrong: boolean;
}

export interface ScatterPlotOptions extends ChartText {
  readonly points: readonly ScatterPoint[];
  readonly xLabel: string;
  readonly yLabel: string;
}

const SIDE = 250;
const LEFT = 52;
const TOP = 24;
const MOST_TICKS = 6;
/** Of the strong ones, those farthest from the line are named. */
const MOST_NAMES = 8;
/** Names stand at least so far from each other, up and down. */
const APART = 12;

export function scatterPlot(options: ScatterPlotOptions): Markup {
  const { points, xLabel, yLabel } = options;
  const shown = points.filter(({ x, y }) => x > 0 && y > 0);
  const domain = logExtent(shown.flatMap(({ x, y }) => [x, y]));
  const [right, bottom] = [LEFT + SIDE, TOP + SIDE];
  const x = logScale(domain, [LEFT, right]);
  const y = logScale(domain, [bottom, TOP]);
  const grid = logTicks(domain, MOST_TICKS).map((value) => {
    const [across, down] = [at(x(value)), at(y(value))];
    const text = logTickText(value);
    return html`<line class="grid" x1="${LEFT}" x2="${right}" y1="${down}" y2="${down}"/><line class="grid" x1="${across}" x2="${across}" y1="${TOP}" y2="${bottom}"/><text class="tick" x="${LEFT - 6}" y="${at(down + 3.5)}" text-anchor="end">${text}</text><text class="tick" x="${across}" y="${bottom + 14}" text-anchor="middle">${text}</text>`;
  });
  const weak = shown.filter(({ isStrong }) => !isStrong);
  const strong = shown.filter(({ isStrong }) => isStrong);
  const dot = (className: string, radius: number) => (point: ScatterPoint) =>
    html`<circle class="${className}" cx="${at(x(point.x))}" cy="${at(y(point.y))}" r="${radius}"/>`;
  return chart(options, bottom + 38, [
    grid,
    html`<text class="axis-label" x="2" y="${TOP - 11}">${yLabel}</text><text class="axis-label" x="${at(LEFT + SIDE / 2)}" y="${bottom + 31}" text-anchor="middle">${xLabel}</text>`,
    html`<path class="reference" d="M${LEFT} ${bottom}L${right} ${TOP}"/>`,
    html`<g>${weak.map(dot("seed base", 2))}</g>`,
    html`<g>${strong.map(dot("mark second", 2.6))}</g>`,
    names(strong, x, y),
  ]);
}

function names(
  strong: readonly ScatterPoint[],
  x: (value: number) => number,
  y: (value: number) => number,
): Markup {
  const distance = (point: ScatterPoint): number => Math.abs(Math.log(point.y / point.x));
  const taken: { readonly across: number; readonly down: number }[] = [];
  const texts: Markup[] = [];
  for (const point of [...strong].sort((a, b) => distance(b) - distance(a))) {
    const isAbove = point.y > point.x;
    const across = x(point.x) + (isAbove ? -6 : 6);
    const down = y(point.y) + 4;
    const isFree = taken.every(
      (one) => Math.abs(one.down - down) >= APART || Math.abs(one.across - across) >= 75,
    );
    const isInside = across > LEFT + 34 && across < CHART_WIDTH - 40;
    if (!isFree || !isInside || texts.length === MOST_NAMES) continue;
    taken.push({ across, down });
    texts.push(
      html`<text class="tick strong" x="${at(across)}" y="${at(down)}" text-anchor="${isAbove ? "end" : "start"}">${point.label}</text>`,
    );
  }
  return html`<g>${texts}</g>`;
}
