/**
 * A difference in standard errors on a line of its own, by their roots, so that few and many can be told apart: in the shaded
 * middle it is no more than chance makes.
 */

import { html, type Markup } from "../html/markup.ts";
import { type ChartText, mark } from "./chart.ts";
import { at, linearScale } from "./scale.ts";

const [WIDTH, HEIGHT] = [120, 18];
const MARGIN = 8;
/** What lies beyond so many times the limit stands at the end, with an arrow. */
const REACH = 12;

export interface ErrorStripOptions extends ChartText {
  readonly errors: number;
  /** More errors than these are more than chance. */
  readonly limit: number;
}

export function errorStrip({ id, title, description, errors, limit }: ErrorStripOptions): Markup {
  const most = limit * REACH;
  const root = (value: number): number => Math.sign(value) * Math.sqrt(Math.abs(value));
  const place = linearScale([-root(most), root(most)], [MARGIN, WIDTH - MARGIN]);
  const x = (value: number): number => place(root(value));
  const isBeyond = Math.abs(errors) > most;
  const isDifferent = Math.abs(errors) > limit;
  const tone = isDifferent ? "second" : "third";
  const y = HEIGHT / 2;
  const way = Math.sign(errors);
  const end = x(way * most);
  const shown = isBeyond
    ? html`<path class="interval ${tone}" d="M${at(end - 9 * way)} ${y}H${at(end + 3 * way)}M${at(end - 2 * way)} ${y - 4.5}L${at(end + 3 * way)} ${y}L${at(end - 2 * way)} ${y + 4.5}"/>`
    : mark(tone, x(errors), y, 3.6);
  return html`<svg class="chart strip" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc><rect class="chance" x="${at(x(-limit))}" y="2" width="${at(x(limit) - x(-limit))}" height="${HEIGHT - 4}" rx="2"/><line class="axis" x1="${at(x(0))}" x2="${at(x(0))}" y1="1" y2="${HEIGHT - 1}"/>${shown}</svg>`;
}
