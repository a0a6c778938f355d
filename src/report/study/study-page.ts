/** The page of a study of objectives. */

import { formatCount, formatNumberOf } from "../../util/format.ts";
import { factList } from "../html/fact-list.ts";
import { html, type Markup } from "../html/markup.ts";
import { type PageSection, page } from "../html/page.ts";
import { table } from "../html/table.ts";
import { verdictItem } from "../html/verdict-item.ts";
import { provenanceSection } from "../provenance-section.ts";
import { publicText } from "../public-text.ts";
import type { StudyRecord } from "../study-record.ts";
import { networkText, stagesText } from "./arm-text.ts";
import { armsSection } from "./arms-section.ts";
import { curvesSection } from "./curves-section.ts";
import { differencesSection } from "./differences-section.ts";
import { missingText, retryTexts } from "./failure-text.ts";
import { kmersSection } from "./kmers-section.ts";
import { studyMethods } from "./study-methods.ts";
import { orderLegend, orderText } from "./study-order.ts";
import { baselineVerdict, type Standing, studyVerdicts } from "./study-verdict.ts";

const ITEMS = { clear: "above", unclear: "unclear", unknown: "absent" } as const satisfies Record<
  Standing,
  string
>;

/** Returns one HTML document that needs nothing else: no script, no request. */
export function studyPage(record: StudyRecord): string {
  const { provenance, differences, failures } = record;
  const optional: (PageSection | undefined)[] = [
    { id: "arms", title: "All arms", body: armsSection(record) },
    differences.length === 0
      ? undefined
      : { id: "differences", title: "Differences", body: differencesSection(record) },
    { id: "curves", title: "Learning curves", body: curvesSection(record) },
    { id: "kmers", title: "Generated k-mers", body: kmersSection(record) },
    failures.length === 0
      ? undefined
      : { id: "failures", title: "Trials that failed", body: failuresTable(record) },
    { id: "methods", title: "How the numbers are made", body: factList(studyMethods(record)) },
    { id: "provenance", title: "Provenance", body: provenanceSection(provenance) },
  ];
  return page({
    title: "Objectives on the same DNA",
    lead: `gdiff ${provenance.gdiffVersion} · ${provenance.date} · ${provenance.hardware}`,
    opening: html`${opening(record)}${facts(record)}`,
    sections: optional.filter((section) => section !== undefined),
  });
}

function opening(record: StudyRecord): Markup {
  const items = studyVerdicts(record).map(({ less, more, standing, text }) =>
    verdictItem(
      ITEMS[standing],
      standing === "clear" ? `${less} before ${more}` : `${less} and ${more}`,
      text,
    ),
  );
  const legend = orderLegend(record);
  const missing = missingText(record);
  const warning = baselineVerdict(record);
  const below = warning && verdictItem("below", "Not better than without a network", warning.text);
  return html`<p><b>${orderText(record)}</b> bits per base of the test${legend === undefined ? "" : `; ${legend}`}.${missing === undefined ? "" : html` <b>${missing}.</b>`}</p>
<ul class="verdicts">${items}${below}</ul>`;
}

function facts({ arms, design }: StudyRecord): Markup {
  const { windows, bases, what } = design.test;
  return factList([
    [
      "Training",
      `${formatCount(design.tokens)} bases a trial, in windows of ${formatCount(design.windowBases)}; ${networkText(design)}; ${formatNumberOf(design.seeds, "seed")}`,
    ],
    [
      "Test",
      `${publicText(what)}: ${formatNumberOf(windows, "window")}, ${formatCount(bases)} A, C, G, T`,
    ],
    ...arms.map(
      (arm) => [arm.name, `${stagesText(arm)}; ${formatCount(arm.tokens)} bases`] as const,
    ),
  ]);
}

function failuresTable({ failures }: StudyRecord): Markup {
  const text = (body: string) => ({ body, className: "text wrap" as const });
  return table({
    name: "Trials that failed",
    caption: html`<b>Trials that failed.</b> They have no part in any number. ${retryTexts(failures).join(" ")}`,
    head: ["", "seed", text("reason"), text("folder")],
    bodies: [
      failures.map(({ arm, seed, reason, folder }) => ({
        head: arm,
        cells: [String(seed), text(publicText(reason)), text(publicText(folder))],
      })),
    ],
  });
}
