/** Every number of the overview in one table: both sets, how far they are apart in standard errors, and what that means. */

import type { JudgedFigure, JudgedMeasure } from "../../compare/standing.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import { errorStrip } from "../svg/error-strip.ts";
import { estimatedCell, labelText, STANDING_TEXT } from "./figure-text.ts";
import { MEASURE_TEXTS } from "./measure-text.ts";

/** @param id unique in the page: what the ids of its drawings begin with */
export function overviewTable(measures: readonly JudgedMeasure[], id: string): Markup {
  const all = table({
    name: "All numbers",
    caption: html`<b>All numbers</b> with their 95 % intervals. Generated is higher or lower where it differs by more than what chance gives any of all numbers in one report of twenty<span class="drawn">: drawn is generated less real in standard errors, shaded what chance gives</span>.`,
    head: [
      "",
      "generated",
      "real",
      { body: "difference", className: "text" },
      { body: "generated is", className: "text" },
    ],
    bodies: measures.map((measure) =>
      measure.figures.map((figure, i) => ({
        head: i === 0 ? html`${groupOf(measure)}${labelText(figure)}` : labelText(figure),
        cells: [
          estimatedCell(figure.generated, figure.unit),
          estimatedCell(figure.real, figure.unit),
          { body: stripOf(figure, measure, id), className: "text" } as const,
          { body: standingMark(figure), className: "text" } as const,
        ],
      })),
    ),
  });
  return html`<div class="numbers overview">${all}</div>`;
}

function groupOf({ measure }: JudgedMeasure): Markup {
  return html`<span class="group">${MEASURE_TEXTS[measure].title}</span>`;
}

/** The word, and where it differs a sign beside it. */
export function standingMark({ standing }: JudgedFigure): Markup | string {
  const text = STANDING_TEXT[standing];
  if (standing === "alike" || standing === "unknown") return html`<span class="sub">${text}</span>`;
  return html`<b class="differs"><span aria-hidden="true">${standing === "higher" ? "↑" : "↓"}</span> ${text}</b>`;
}

function stripOf(
  figure: JudgedFigure,
  { limit, measure }: JudgedMeasure,
  id: string,
): Markup | string {
  const { errors, name, label, standing } = figure;
  if (errors === undefined || limit === undefined) return "–";
  const [count, most] = [fixed(errors, 1), fixed(limit, 1)];
  return errorStrip({
    id: `${id}-${measure}-${name}`,
    title: `${label}: ${count} standard errors`,
    description: `Generated less real is ${count} standard errors; beyond ${most} it is more than chance: ${STANDING_TEXT[standing]}.`,
    errors,
    limit,
  });
}
