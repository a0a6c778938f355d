/** The section of a measure: what it is, its charts, its numbers, and what is to be known of them. */

import type { Estimated } from "../../compare/compare-arms.ts";
import type { JudgedFigure, JudgedMeasure } from "../../compare/standing.ts";
import { formatCount, formatNumberOf } from "../../util/format.ts";
import type { CompareRecord } from "../compare-record.ts";
import { figure, folded } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import type { PageSection } from "../html/page.ts";
import { table } from "../html/table.ts";
import { NO_NUMBER } from "../numbers.ts";
import { estimatedCell, labelText, valueText } from "./figure-text.ts";
import { measureCharts } from "./measure-charts.ts";
import { MEASURE_TEXTS } from "./measure-text.ts";
import { standingMark } from "./overview-table.ts";

/** Details that have a row; of more those that differ most. */
const MOST_DETAILS = 40;

export function measureSection(measure: JudgedMeasure, record: CompareRecord): PageSection {
  const { title, about } = MEASURE_TEXTS[measure.measure];
  const charts = measureCharts(measure);
  const caption = html`<b>${title}.</b> Generated: filled marks, full lines; real: open marks, dashed lines. Bands and bars: 95 % intervals.`;
  const drawn = charts.length === 0 ? undefined : figure(charts, caption);
  const notes = measure.notes.map((note) => html`<p class="note">${note}</p>`);
  return {
    id: measure.measure,
    title,
    body: html`<p>${about}</p>${notes}
${drawn}${numbersTable(measure)}${extra(measure, record)}${detailsTable(measure)}`,
  };
}

const HEAD = [
  "",
  "generated",
  "real",
  "generated − real",
  "times real",
  { body: "generated is", className: "text" },
] as const;

function numbersTable({ measure, figures }: JudgedMeasure): Markup {
  const numbers = table({
    name: `Numbers: ${MEASURE_TEXTS[measure].title}`,
    caption: html`<b>Numbers</b> with their 95 % intervals.`,
    head: HEAD,
    bodies: [figures.map(rowOf)],
  });
  return html`<div class="numbers">${numbers}</div>`;
}

function detailsTable({ measure, details }: JudgedMeasure): Markup | undefined {
  if (details.length === 0) return undefined;
  const errors = (one: JudgedFigure): number => Math.abs(one.errors ?? 0);
  const shown =
    details.length <= MOST_DETAILS
      ? details
      : [...details].sort((a, b) => errors(b) - errors(a)).slice(0, MOST_DETAILS);
  const { title, details: kind = "numbers" } = MEASURE_TEXTS[measure];
  const which =
    shown.length === details.length
      ? `All ${formatCount(details.length)} ${kind}`
      : `The ${formatCount(shown.length)} of ${formatCount(details.length)} ${kind} that differ most`;
  return folded(
    which,
    table({
      name: `${which}: ${title}`,
      caption: html`<b>${which}</b> with their 95 % intervals; all are in the table beside this page.`,
      head: HEAD,
      bodies: [shown.map(rowOf)],
    }),
  );
}

function rowOf(one: JudgedFigure) {
  const { unit, generated, real, difference, ratio } = one;
  return {
    head: labelText(one),
    cells: [
      estimatedCell(generated, unit),
      estimatedCell(real, unit),
      estimatedCell(difference, unit),
      isAboveZero(real) ? estimatedCell(ratio, "none") : NO_NUMBER,
      { body: standingMark(one), className: "text" } as const,
    ],
  };
}

/** Times a number that may be 0 says nothing. */
function isAboveZero({ interval }: Estimated): boolean {
  return interval !== undefined && interval.low > 0;
}

/** What only one measure has. */
function extra(
  { measure }: JudgedMeasure,
  { motifs, longestMatches, embedding, train }: CompareRecord,
): Markup | undefined {
  if (measure === "motifs") {
    return folded(
      "The motifs, and how rare a hit is",
      table({
        name: "Motifs",
        caption: html`<b>Motifs</b>: the chance of a hit is that of a random word on one strand.`,
        head: ["", "bases", "chance of a hit"],
        bodies: [
          motifs.map(({ name, label, width, pValue }) => ({
            head: label === undefined || label === name ? name : `${label} (${name})`,
            cells: [formatCount(width), valueText(pValue, "none")],
          })),
        ],
      }),
    );
  }
  if (measure === "memorisation" && train !== undefined) {
    return table({
      name: "Longest matches",
      caption: html`<b>Longest matches</b> of generated sequences to ${train.name} (${formatCount(train.bases)} bases of ${formatNumberOf(train.contigs, "sequence")}).`,
      head: ["", "bases of the match", "of the sequence"],
      bodies: [
        longestMatches.map(({ name, match, length }) => ({
          head: name,
          cells: [formatCount(match), formatCount(length)],
        })),
      ],
    });
  }
  if (measure === "embedding" && embedding !== undefined) {
    const { run, step, width, sequences } = embedding;
    return html`<p class="note">Embeddings of ${formatCount(width)} numbers by ${run}, step ${formatCount(step)}; ${formatNumberOf(sequences, "sequence")} of each set.</p>`;
  }
  return undefined;
}
