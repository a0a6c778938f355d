/** The first lines of a comparison: in what generated DNA differs from real DNA, in what it cannot be told from it. */

import type { JudgedFigure, JudgedMeasure } from "../../compare/standing.ts";
import { formatCount } from "../../util/format.ts";
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
  const different = measures.filter((measure) => differing(measure).length > 0);
  const alike = measures.filter(
    (measure) => differing(measure).length === 0 && measure.limit !== undefined,
  );
  const unjudged = [
    ...measures
      .filter(({ limit }) => limit === undefined)
      .map(({ measure }) => `${MEASURE_TEXTS[measure].short} (too few sequences for an error)`),
    ...absent.map(({ measure, reason }) => `${MEASURE_TEXTS[measure].short} (${reason})`),
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
            text: `With ${formatCount(sequences)} sequences of each set, no number differs in: ${names(alike)}.`,
          } as const,
        ]),
    ...(unjudged.length === 0
      ? []
      : [{ standing: "unclear", about: "Not judged", text: `${unjudged.join("; ")}.` } as const]),
  ];
}

export function verdictList(record: CompareRecord): Markup {
  const items = compareVerdicts(record).map(({ standing, about, text }) =>
    verdictItem(standing, about, text),
  );
  return html`<ul class="verdicts">${items}</ul>`;
}

/** Numbers that differ, the one of most standard errors first. */
function differing({ figures, details }: JudgedMeasure): JudgedFigure[] {
  const errors = (figure: JudgedFigure): number => Math.abs(figure.errors ?? Number.MAX_VALUE);
  const isDifferent = ({ standing }: JudgedFigure): boolean =>
    standing === "higher" || standing === "lower";
  const byErrors = (list: readonly JudgedFigure[]): JudgedFigure[] =>
    list.filter(isDifferent).sort((a, b) => errors(b) - errors(a));
  return [...byErrors(figures), ...byErrors(details)];
}

function differenceVerdict(measure: JudgedMeasure): CompareVerdict {
  const { title } = MEASURE_TEXTS[measure.measure];
  const all = differing(measure);
  const said = all.slice(0, MOST_SAID).map(differenceText).join("; ");
  const rest = all.length - MOST_SAID;
  const end = rest > 0 ? `; ${formatCount(rest)} more` : "";
  return { standing: "below", about: title, text: `Differs: ${said}${end}.` };
}

/** `mean GC 44.8 % against 38.6 %`. */
function differenceText(one: JudgedFigure): string {
  const { unit, generated, real } = one;
  const [own, other] = [valueText(generated.value, unit), valueText(real.value, unit)];
  return `${one.label} ${own} against ${other}`;
}
