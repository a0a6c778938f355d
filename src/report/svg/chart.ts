/** The frame of a chart: an SVG with a name and a description, its plot, and its axes. */

import { formatCount } from "../../util/format.ts";
import { html, type Markup, type Part } from "../html/markup.ts";
import { fixed } from "../numbers.ts";
import { at, linearScale, type Range, tickDigits, ticks } from "./scale.ts";

/** Every chart is so wide, in its own units, and is laid out to be read at this size. */
export const CHART_WIDTH = 360;

/** How a series looks: colour, mark and line; never colour alone. */
export type Tone = "main" | "second" | "third" | "fourth" | "base";

export interface ChartText {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who do not see it. */
  readonly description: string;
}

export function chart({ id, title, description }: ChartText, height: number, body: Part): Markup {
  return html`<svg class="chart" role="img" viewBox="0 0 ${CHART_WIDTH} ${at(height)}" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${body}</svg>`;
}

/** Where a plot's data lie. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export type PlotBox = Pick<Plot, "left" | "right" | "top" | "bottom">;

export function plotOf(box: PlotBox, xDomain: Range, yDomain: Range): Plot {
  return {
    ...box,
    x: linearScale(xDomain, [box.left, box.right]),
    y: linearScale(yDomain, [box.bottom, box.top]),
  };
}

/** Ticks below the plot with lines through it. */
export function xAxis(plot: Plot, domain: Range, label: string, most = 6): Markup {
  const values = ticks(domain, most);
  const digits = tickDigits(values);
  const marks = values.map((value) => {
    const x = at(plot.x(value));
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${at(plot.top)}" y2="${at(plot.bottom)}"/><text class="tick" x="${x}" y="${at(plot.bottom + 14)}" text-anchor="middle">${tickText(value, digits)}</text>`;
  });
  return html`<g>${marks}<line class="axis" x1="${plot.left}" x2="${plot.right}" y1="${at(plot.bottom)}" y2="${at(plot.bottom)}"/><text class="axis-label" x="${at((plot.left + plot.right) / 2)}" y="${at(plot.bottom + 31)}" text-anchor="middle">${label}</text></g>`;
}

/** Ticks left of the plot with lines through it; the label stands above. */
export function yAxis(plot: Plot, domain: Range, label: string, most = 6): Markup {
  const values = ticks(domain, most);
  const digits = tickDigits(values);
  const marks = values.map((value) => {
    const y = at(plot.y(value));
    return html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text class="tick" x="${plot.left - 6}" y="${at(y + 3.5)}" text-anchor="end">${tickText(value, digits)}</text>`;
  });
  return html`<g>${marks}<text class="axis-label" x="2" y="${at(plot.top - 10)}">${label}</text></g>`;
}

function tickText(value: number, digits: number): string {
  return digits === 0 ? formatCount(value).replace("-", "−") : fixed(value, digits);
}

/** A series' mark: filled circle, diamond, triangle, square, or open circle. */
export function mark(tone: Tone, x: number, y: number, radius = 4.5): Markup {
  const [cx, cy, r] = [at(x), at(y), at(radius)];
  switch (tone) {
    case "second":
      return html`<path class="mark ${tone}" d="M${cx} ${at(cy - 1.25 * r)}l${at(1.25 * r)} ${at(1.25 * r)}l${at(-1.25 * r)} ${at(1.25 * r)}l${at(-1.25 * r)} ${at(-1.25 * r)}z"/>`;
    case "third":
      return html`<path class="mark ${tone}" d="M${cx} ${at(cy - 1.2 * r)}l${at(1.2 * r)} ${at(2.1 * r)}h${at(-2.4 * r)}z"/>`;
    case "fourth":
      return html`<path class="mark ${tone}" d="M${at(cx - 0.9 * r)} ${at(cy - 0.9 * r)}h${at(1.8 * r)}v${at(1.8 * r)}h${at(-1.8 * r)}z"/>`;
    default:
      return html`<circle class="mark ${tone}" cx="${cx}" cy="${cy}" r="${r}"/>`;
  }
}

/** A line through points, left to right. */
export function polyline(plot: Plot, points: readonly Range[], className: string): Markup {
  const path = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${at(plot.x(x))} ${at(plot.y(y))}`);
  return html`<path class="${className}" d="${path.join("")}"/>`;
}

export interface LegendEntry {
  readonly tone: Tone;
  readonly label: string;
  readonly isDashed?: boolean;
}

/** The series that a legend names: one alone needs no name beside that of its axis. */
export function legendEntries(series: readonly LegendEntry[]): readonly LegendEntry[] {
  return series.length > 1 ? series : [];
}

/** Height of a legend's line. */
export const LEGEND_LINE = 17;

/** One series a line, from `top` down: a stroke with its mark, and its name. */
export function legend(entries: readonly LegendEntry[], left: number, top: number): Markup {
  const lines = entries.map(({ tone, label, isDashed }, i) => {
    const y = at(top + LEGEND_LINE * (i + 0.5));
    const dash = isDashed === true ? " dashed" : "";
    return html`<line class="line ${tone}${dash}" x1="${left}" x2="${left + 24}" y1="${y}" y2="${y}"/>${mark(tone, left + 12, y, 3.5)}<text class="tick strong" x="${left + 31}" y="${at(y + 3.5)}">${shortened(label, 46)}</text>`;
  });
  return html`<g>${lines}</g>`;
}

/** Text of at most `most` characters; what is cut off ends in an ellipsis. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
