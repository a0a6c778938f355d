/** One set of a benchmark: its split, every model on both tests, and what the main model does well and badly. */

import type { ModelReport, SetReport } from "../benchmark-record.ts";
import { calibrationFigure } from "../classification/calibration-figure.ts";
import { curvesFigure } from "../classification/curves-figure.ts";
import { partsTable } from "../classification/parts-table.ts";
import { propertyFigure } from "../classification/property-figure.ts";
import { findModel, modelNamed } from "../find-model.ts";
import { html, type Markup } from "../html/markup.ts";
import type { PublishedTable } from "../published/published-table.ts";
import type { Tone } from "../svg/chart.ts";
import { accuracyFigure } from "./accuracy-figure.ts";
import { differenceTable } from "./difference-table.ts";
import { failuresTable } from "./failures-table.ts";
import { metricsTable } from "./metrics-table.ts";
import { publishedFigure } from "./published-section.ts";
import { settingsTables } from "./settings-tables.ts";
import { curveTones, type Roles } from "./tones.ts";

/** @param id of the section, of which those of its charts are made */
export function setSection(
  set: SetReport,
  roles: Roles,
  published: readonly PublishedTable[],
  id: string,
): Markup {
  const main = findModel(set, roles.mainModel);
  const yardstick = modelNamed(set, roles.yardstick);
  const networks = set.models.filter(({ kind }) => kind === "network");
  const tones = curveTones(networks, roles);
  const trained = networks.map((model, i) => ({ ...model, tone: tones[i] as Tone }));
  return html`<p>${set.protocol}</p><p class="note">${set.deduplication}</p>
${partsTable(set, partsCaption(yardstick.seeds.length))}
<h3>Accuracy</h3>${accuracyFigure(set, roles, id)}
<h3>Every metric</h3>${metricsTable(set, roles)}
${main && html`<h3>Against each baseline</h3>${differenceTable(set, main)}`}
<h3>Training</h3>${curvesFigure(set.name, trained, id)}${settingsTables(set)}${failuresTable(set)}
${main && mainFigures(set, main, yardstick, id)}
${publishedFigure(set, roles, published, id)}`;
}

function mainFigures(
  { name, classes }: SetReport,
  main: ModelReport,
  yardstick: ModelReport,
  id: string,
): Markup {
  const shown = (model: ModelReport, tone: Tone) => ({
    ...{ ...model, tone, ece: model.summary.whole.ece?.mean },
  });
  const of = { set: name, classes, seeds: main.seeds.length, confusion: main.confusion };
  const models = [shown(main, "main"), shown(yardstick, "base")] as const;
  return html`<h3>Calibration and confusion</h3>${calibrationFigure({ ...of, models }, id)}
<h3>Where it is right</h3>${propertyFigure({ ...of, models }, id)}`;
}

function partsCaption(seeds: number): Markup {
  return seeds === 1
    ? html`<b>Sequences</b> of the split.`
    : html`<b>Sequences</b> of the first seed’s split; other seeds may differ by a few.`;
}
