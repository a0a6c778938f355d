/** One set of a benchmark: its split, every model on both tests, and what the main model does well and badly. */

import { formatCount } from "../../util/format.ts";
import type { SetReport } from "../benchmark-record.ts";
import { findModel, type MainAndYardstick, modelNamed } from "../find-model.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import type { PublishedTable } from "../published/published-table.ts";
import { accuracyFigure } from "./accuracy-figure.ts";
import { calibrationFigure } from "./calibration.ts";
import { curvesFigure } from "./curves-figure.ts";
import { differenceTable } from "./difference-table.ts";
import { failuresTable } from "./failures-table.ts";
import { metricsTable } from "./metrics-table.ts";
import { propertyFigure } from "./property-figure.ts";
import { publishedFigure } from "./published-section.ts";
import { settingsTables } from "./settings-tables.ts";
import type { Roles } from "./tones.ts";

/** @param id of the section, of which those of its charts are made */
export function setSection(
  set: SetReport,
  roles: Roles,
  published: readonly PublishedTable[],
  id: string,
): Markup {
  const main = findModel(set, roles.mainModel);
  const ofMain = (part: (models: MainAndYardstick) => Markup): Markup | undefined =>
    main === undefined ? undefined : part([main, modelNamed(set, roles.yardstick)]);
  return html`<p>${set.protocol}</p><p class="note">${set.deduplication}</p>
${partsTable(set)}
<h3>Accuracy</h3>${accuracyFigure(set, roles, id)}
<h3>Every metric</h3>${metricsTable(set, roles)}
${ofMain(([model]) => html`<h3>Against each baseline</h3>${differenceTable(set, model)}`)}
<h3>Training</h3>${curvesFigure(set, roles, id)}${settingsTables(set)}${failuresTable(set)}
${ofMain(
  (models) => html`<h3>Calibration and confusion</h3>${calibrationFigure(set, models, id)}
<h3>Where it is right</h3>${propertyFigure(set, models, id)}`,
)}
${publishedFigure(set, roles, published, id)}`;
}

function partsTable({ classes, parts }: SetReport): Markup {
  return table({
    name: "Sequences by part and class",
    caption: html`<b>Sequences</b> of the first seed’s split; other seeds may differ by a few.`,
    head: ["", ...classes, "all"],
    bodies: [
      parts.map(({ name, counts }) => ({
        head: name,
        cells: [...counts, counts.reduce((sum, count) => sum + count, 0)].map(formatCount),
      })),
    ],
  });
}
