/** The page of a pretraining run. */

import { formatCount } from "../../util/format.ts";
import { factList } from "../html/fact-list.ts";
import { html, type Markup } from "../html/markup.ts";
import { type PageSection, page } from "../html/page.ts";
import { verdictItem } from "../html/verdict-item.ts";
import type { PretrainRecord } from "../pretrain-record.ts";
import { provenanceSection } from "../provenance-section.ts";
import { publicText } from "../public-text.ts";
import { pretrainVerdict } from "./best-baseline.ts";
import { curvesSection } from "./curves-section.ts";
import { samplesSection } from "./samples-section.ts";
import { scoresSection } from "./scores-section.ts";

/** Returns one HTML document that needs nothing else: no script, no request. */
export function pretrainPage(record: PretrainRecord): string {
  const { run, provenance, evaluation, samples } = record;
  const optional: (PageSection | undefined)[] = [
    { id: "training", title: "Training", body: curvesSection(record) },
    evaluation && {
      id: "scores",
      title: "Bits per base",
      body: scoresSection(evaluation),
    },
    samples && { id: "samples", title: "Generated sequences", body: samplesSection(samples) },
    { id: "provenance", title: "Provenance", body: provenanceSection(provenance) },
  ];
  return page({
    title: `Pretraining ${run}`,
    lead: `gdiff ${provenance.gdiffVersion} · ${provenance.date} · ${provenance.hardware}`,
    opening: html`${verdict(record)}${facts(record)}`,
    sections: optional.filter((section) => section !== undefined),
  });
}

function verdict({ evaluation }: PretrainRecord): Markup {
  if (evaluation === undefined) return html`<p class="note">The run was not evaluated.</p>`;
  const { standing, text } = pretrainVerdict(evaluation);
  return html`<ul class="verdicts">${verdictItem(standing, publicText(evaluation.what), text)}</ul>`;
}

function facts(record: PretrainRecord): Markup {
  const {
    objective,
    step,
    plannedSteps,
    parameters,
    windowBases,
    windowsPerStep,
    checkpointSha256,
    arithmetic,
  } = record;
  const bases = step * windowsPerStep * windowBases;
  return factList([
    ["Objective", objective],
    ["Steps", `${formatCount(step)} of ${formatCount(plannedSteps)}`],
    ["Bases read", formatCount(bases)],
    ["Step", `${formatCount(windowsPerStep)} windows of ${formatCount(windowBases)} bases`],
    ["Parameters", formatCount(parameters)],
    ["Trained by", arithmetic ?? "not known"],
    ["Checkpoint", html`<span class="hash">${checkpointSha256}</span>`],
  ]);
}
