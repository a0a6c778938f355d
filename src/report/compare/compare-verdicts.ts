/** The first lines of a comparison: in what generated DNA differs from real DNA, in what it cannot be told from it. */

import type { JudgedFigure, JudgedMeasure } from "../../compare/standing.ts";
import { formatCount, formatNumberOf } from "../../util/format.ts";
import type { CompareRecord } from "../compare-record.ts";
import { html, type Markup } from "../html/markup.ts";
import { verdictItem } from "../html/verdict-item.ts";
import { valueText } from "./figure-text.ts";
import { MEASURE_TEXTS } from "./measure-text.ts";

/** Numbers that a line names. */
const MOST_SAID = 3;

export interface CompareVerdict {
  readonly standing: "above" | "unclear" | "below";
  readonly about: string;
  readonly text: string;
}

/** One a measure that differs, then one of all that do not, then one of those without a judgement. */
export function compareVerdicts({ measures, absent, sequences }: CompareRecord): CompareVerdict[] {
  const isDifferent = ({ figures, details }: JudgedMeasure): boolean =>
    differing(figures).length + differing(details).length > 0;
  const different = measures.filter(isDifferent);
  const alike = measures.filter((one) => !isDifferent(one) && one.limit !== undefined);
  const unjudged = [
    ...measures
      .filter(({ limit }) => limit === undefined)
      .map(({ measure }) => `${MEASURE_TEXTS[measure].title}: too few sequences for an error`),
    ...absent.map(({ measure, reason }) => `${MEASURE_TEXTS[measure].title}: ${reason}`),
  ];
  const names = (list: readonly JudgedMeasure[]): string =>
    list.map(({ measure }) => MEASURE_TEXTS[measure].short).join(", ");
  return [
    ...different.map(differenceVerdict),
    ...(alike.length === 0
      ? []
      : [
          {
            standing: "above",
            about: `Not told from real DNA by ${formatCount(alike.length)} of ${formatCount(measures.length)} measures`,
            text: `With ${formatNumberOf(sequences, "sequence")} of each set, no number differs in: ${names(alike)}.`,
          } as const,
        ]),
    ...(unjudged.length === 0
      ? []
      : [{ standing: "unclear", about: "Not judged", text: `${unjudged.join(". ")}.` } as const]),
  ];
}

export function verdictList(record: CompareRecord): Markup {
  const items = compareVerdicts(record).map(({ standing, about, text }) =>
    verdictItem(standing, about, text),
  );
  return html`<ul class="verdicts">${items}</ul>`;
}

/** Numbers that differ, the one of most standard errors first. */
function differing(figures: readonly JudgedFigure[]): JudgedFigure[] {
  const errors = (figure: JudgedFigure): number => Math.abs(figure.errors ?? Number.MAX_VALUE);
  return figures
    .filter(({ standing }) => standing === "higher" || standing === "lower")
    .sort((a, b) => errors(b) - errors(a));
}

function differenceVerdict({ measure, figures, details }: JudgedMeasure): CompareVerdict {
  const { title, details: kind = "" } = MEASURE_TEXTS[measure];
  const [all, many] = [differing(figures), differing(details)];
  const said = all.slice(0, MOST_SAID).map((one) => `${one.label} ${againstText(one)}`);
  if (all.length > MOST_SAID) said.push(`${formatCount(all.length - MOST_SAID)} more`);
  const [most] = many;
  if (most !== undefined) {
    said.push(
      `${formatCount(many.length)} of ${formatCount(details.length)} ${kind}, most of all ${most.label}, ${againstText(most)}`,
    );
  }
  return { standing: "below", about: title, text: `Differs from real DNA: ${said.join("; ")}.` };
}

/** `44.8 % against 38.6 %`, `20.6 against 23.7 per kb`. */
function againstText({ unit, generated, real }: JudgedFigure): string {
  const [own, other] = [valueText(generated.value, unit), valueText(real.value, unit)];
  return `${own} against ${other}${unit === "none" || unit === "share" ? "" : ` ${unit}`}`;
}
