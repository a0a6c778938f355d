/** Every two arms beside each other, seed by seed and window by window. */

import type { ConfidenceInterval } from "../../stats/uncertainty/confidence-interval.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { percent, signed, signedRange } from "../numbers.ts";
import type { ArmDifference, StudyRecord } from "../study-record.ts";
import type { Tone } from "../svg/chart.ts";
import { dotPlot } from "../svg/dot-plot.ts";
import { intervalsText } from "./arm-text.ts";
import { type Standing, standingOf } from "./study-verdict.ts";

const DIGITS = 4;

const STANDING_TEXT: Readonly<Record<Standing, string>> = {
  clear: "more than the spread",
  unclear: "within the spread",
  unknown: "spread not known",
};

export function differencesSection(record: StudyRecord): Markup {
  const { differences, design } = record;
  const share = percent(design.confidence, 0);
  return html`<p>The same seeds, the same windows: what two arms differ by is known better than either. ${intervalsText(differences.length, share)} A difference counts where it is above 0 by both.</p>
${differencesFigure(differences, share)}${differencesTable(differences)}`;
}

function differencesFigure(differences: readonly ArmDifference[], share: string): Markup {
  const panel = (
    id: string,
    heading: string,
    tone: Tone,
    intervalOf: (one: ArmDifference) => ConfidenceInterval | undefined,
  ) => ({
    heading,
    chart: dotPlot({
      id,
      title: `Difference in bits per base of every two arms: ${heading}`,
      description: `A row a pair: the mean difference with its interval ${heading}.`,
      groups: [
        {
          rows: differences.map((one) => ({
            label: `${one.more} − ${one.less}`,
            tone,
            value: one.overSeeds.mean,
            interval: intervalOf(one),
            text: signed(one.overSeeds.mean, DIGITS),
          })),
        },
      ],
      axis: "difference in bits per base",
      reference: 0,
      leastWidth: 0.002,
    }),
  });
  return figure(
    [
      panel("over-seeds", "over seeds", "second", ({ overSeeds }) => overSeeds.interval),
      panel("over-windows", "over windows", "third", ({ overWindows }) => overWindows.interval),
    ],
    html`<b>Differences in bits per base.</b> Marks: means; lines: intervals, ${share}${differences.length === 1 ? "" : " for all together"}; those that end in arrows go on. Where one crosses the dashed line, it is open which of the two is better.`,
  );
}

function differencesTable(differences: readonly ArmDifference[]): Markup {
  const text = (body: string) => ({ body, className: "text" as const });
  return table({
    name: "Differences",
    caption: html`<b>Every two arms.</b> The one with more bits less the one with fewer. p is two-sided, of a t-test over seeds, of this pair alone.`,
    head: ["", "bits per base", "over seeds", "over windows", "p over seeds", text("")],
    bodies: [
      differences.map((difference) => {
        const { less, more, overSeeds, overWindows } = difference;
        const { pValue } = overSeeds;
        return {
          head: `${more} − ${less}`,
          cells: [
            signed(overSeeds.mean, DIGITS),
            signedRange(overSeeds.interval, DIGITS),
            signedRange(overWindows.interval, DIGITS),
            pValue === undefined ? "–" : pValue < 0.001 ? "< 0.001" : pValue.toFixed(3),
            text(STANDING_TEXT[standingOf(difference)]),
          ],
        };
      }),
    ],
  });
}
