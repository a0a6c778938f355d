/** Whether a model's probabilities mean what they say, and which classes it takes for which. */

import type { ReliabilityBin } from "../../stats/metrics/calibration.ts";
import { formatCount } from "../../util/format.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { captionBody, scrolling, table } from "../html/table.ts";
import { fixed, percent } from "../numbers.ts";
import type { LegendEntry } from "../svg/chart.ts";
import { reliabilityPlot } from "../svg/reliability-plot.ts";

interface CalibratedModel extends LegendEntry {
  readonly reliability: readonly ReliabilityBin[];
  /** Expected calibration error; of several seeds the mean. */
  readonly ece: number | undefined;
}

export interface CalibrationOptions {
  readonly set: string;
  readonly classes: readonly string[];
  /** Seeds that the counts are the sums of. */
  readonly seeds: number;
  /** The first is the one whose confusion is shown. */
  readonly models: readonly [CalibratedModel, ...(readonly CalibratedModel[])];
  /** [true class][predicted class] */
  readonly confusion: readonly (readonly number[])[];
}

/** @param id of the section, of which that of its chart is made */
export function calibrationFigure(options: CalibrationOptions, id: string): Markup {
  const { set, classes, seeds, models } = options;
  const [main] = models;
  const isOne = seeds === 1;
  const chart = reliabilityPlot({
    id: `${id}-reliability`,
    title: `Reliability on the whole test of ${set}`,
    description:
      "Of the predictions made with some confidence, the share that is right; on the dashed diagonal the two agree. Bars: how many predictions of the first model there are.",
    classes: classes.length,
    series: models.map(({ label, tone, reliability }) => ({ label, tone, bins: reliability })),
  });
  const where = isOne ? "on the whole test" : "on the whole tests of all seeds together";
  const errors = models.map(({ label, ece }) => `${fixed(ece)} (${label})`).join(", ");
  return figure(
    [
      { heading: "reliability", chart },
      { heading: "confusion matrix", chart: confusionTable(options) },
    ],
    html`<b>Calibration and confusion</b> ${where}. On the dashed diagonal as many predictions are right as their confidence says; bars count the predictions of ${main.label}. Expected calibration error${isOne ? "" : ", mean over seeds"}: ${errors}.`,
    table({
      name: "Reliability bins",
      caption: `Bins of confidence: sequences${isOne ? "" : " of all seeds"}, mean confidence, share that is right.`,
      head: ["confidence", "sequences", "mean confidence", "right"],
      bodies: models.map((model) =>
        model.reliability
          .filter(({ count }) => count > 0)
          .map((bin, i) => ({
            head: `${i === 0 ? `${model.label}: ` : ""}${fixed(bin.from, 2)}–${fixed(bin.to, 2)}`,
            cells: [formatCount(bin.count), fixed(bin.confidence), fixed(bin.accuracy)],
          })),
      ),
    }),
  );
}

function confusionTable({ classes, models: [{ label }], confusion }: CalibrationOptions): Markup {
  const rows = confusion.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count) => {
      const share = total > 0 ? count / total : undefined;
      return html`<td style="--share:${Number((share ?? 0).toFixed(3))}">${formatCount(count)}<small>${percent(share)}</small></td>`;
    });
    return html`<tr><th scope="row">${classes[i]}</th>${cells}</tr>
`;
  });
  const heads = classes.map((name) => html`<th scope="col">taken for ${name}</th>`);
  return scrolling(
    "Confusion matrix",
    html`<table class="confusion"><caption>${captionBody(html`${label}: true classes in rows, shares of a row`)}</caption><thead><tr><td></td>${heads}</tr></thead>
<tbody>${rows}</tbody></table>`,
  );
}
