/** How the arms learn: bits per base of the validation windows by the bases that were trained on. */

import { mean } from "../../stats/mean.ts";
import { formatCount } from "../../util/format.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import type { ArmReport, StudyRecord } from "../study-record.ts";
import { type LineSeries, linePlot, type Point } from "../svg/line-plot.ts";
import { armLook } from "./arm-looks.ts";

export function curvesSection({ arms }: StudyRecord): Markup {
  const tokens = arms.flatMap((arm) => meanCurve(arm).map(([x]) => x));
  if (tokens.length === 0) return html`<p class="note">There is no validation split.</p>`;
  const most = Math.max(...tokens);
  const unit =
    most >= 1e6 ? { size: 1e6, name: "million bases" } : { size: 1e3, name: "thousand bases" };
  const panels = [
    { id: "learning", heading: "all of training", from: 0 },
    { id: "learning-end", heading: "the second half", from: most / 2 },
  ].map(({ id, heading, from }) => ({
    heading,
    chart: linePlot({
      id,
      title: `Bits per base of validation by bases trained on: ${heading}`,
      description: "A thick line an arm: the mean over seeds; thin lines: the seeds.",
      series: arms.map((arm, i) => seriesOf(arm, i, from, unit.size)),
      xLabel: unit.name,
      yLabel: "bits per base",
      xDomain: [from / unit.size, most / unit.size],
      mostTicks: 5,
    }),
  }));
  const staged = arms.some(({ stages }) => stages.length > 1)
    ? " An arm of several stages goes on where the one before ended; its first points are those of another objective."
    : "";
  return figure(
    panels,
    html`<b>Learning curves.</b> Bits per base of the validation windows under averaged weights, with the same draws every time, by bases trained on; bounds for all arms but those whose likelihood is exact. Thick: means over seeds; thin: seeds.${staged}`,
    curvesTable(arms),
  );
}

function seriesOf(arm: ArmReport, place: number, from: number, size: number): LineSeries {
  const shown = (points: readonly Point[]): Point[] =>
    points.filter(([x]) => x >= from).map(([x, y]): Point => [x / size, y]);
  const seeds = arm.trials.map(({ curve }) =>
    shown(curve.map(({ tokens, bits }): Point => [tokens, bits])),
  );
  return {
    ...armLook(place),
    label: arm.name + (arm.kind === "bound" ? " (≤)" : ""),
    line: shown(meanCurve(arm)),
    ...(seeds.length > 1 ? { seeds } : {}),
  };
}

/** Means over the seeds that have a validation there. */
function meanCurve({ trials }: ArmReport): Point[] {
  const byTokens = new Map<number, number[]>();
  for (const { tokens, bits } of trials.flatMap(({ curve }) => curve)) {
    byTokens.set(tokens, [...(byTokens.get(tokens) ?? []), bits]);
  }
  return [...byTokens]
    .sort(([a], [b]) => a - b)
    .map(([tokens, bits]): Point => [tokens, mean(bits).value]);
}

function curvesTable(arms: readonly ArmReport[]): Markup {
  const curves = arms.map((arm) => new Map(meanCurve(arm)));
  const places = [...new Set(curves.flatMap((curve) => [...curve.keys()]))].sort((a, b) => a - b);
  return table({
    name: "Validations",
    caption: "Bits per base of validation, means over seeds, by bases trained on.",
    head: ["bases", ...arms.map(({ name }) => name)],
    bodies: [
      places.map((tokens) => ({
        head: formatCount(tokens),
        cells: curves.map((curve) => fixed(curve.get(tokens), 4)),
      })),
    ],
  });
}
