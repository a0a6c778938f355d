/** Whether the main model's probabilities mean what they say, and which classes it takes for which. */

import { formatCount } from "../../util/format.ts";
import type { ModelReport, SetReport } from "../benchmark-record.ts";
import type { MainAndYardstick } from "../find-model.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { captionBody, scrolling, table } from "../html/table.ts";
import { fixed, percent } from "../numbers.ts";
import { reliabilityPlot } from "../svg/reliability-plot.ts";

export function calibrationFigure(set: SetReport, models: MainAndYardstick, id: string): Markup {
  const [main, yardstick] = models;
  const chart = reliabilityPlot({
    id: `${id}-reliability`,
    title: `Reliability on the whole test of ${set.name}`,
    description:
      "Of the predictions made with some confidence, the share that is right; on the dashed diagonal the two agree. Bars: how many predictions of the first model there are.",
    classes: set.classes.length,
    series: [
      { label: main.label, tone: "main", bins: main.reliability },
      { label: yardstick.label, tone: "base", bins: yardstick.reliability },
    ],
  });
  const error = (model: typeof main): string => fixed(model.summary.whole.ece?.mean);
  return figure(
    [
      { heading: "reliability", chart },
      { heading: "confusion matrix", chart: confusionTable(set, main) },
    ],
    html`<b>Calibration and confusion</b> on the whole tests of all seeds together. On the dashed diagonal as many predictions are right as their confidence says; bars count the predictions of ${main.label}. Expected calibration error, mean over seeds: ${error(main)} (${main.label}), ${error(yardstick)} (${yardstick.label}).`,
    table({
      name: "Reliability bins",
      caption: "Bins of confidence: sequences of all seeds, mean confidence, share that is right.",
      head: ["confidence", "sequences", "confidence", "right"],
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

function confusionTable({ classes }: SetReport, { label, confusion }: ModelReport): Markup {
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
