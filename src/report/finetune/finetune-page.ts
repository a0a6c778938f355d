/** The page of a fine-tuning run. */

import { formatCount } from "../../util/format.ts";
import { curvesFigure } from "../classification/curves-figure.ts";
import { METRICS_NOTE } from "../classification/metrics-note.ts";
import type { FinetuneRecord } from "../finetune-record.ts";
import { factList } from "../html/fact-list.ts";
import { html, type Markup } from "../html/markup.ts";
import { page } from "../html/page.ts";
import { verdictItem } from "../html/verdict-item.ts";
import { provenanceSection } from "../provenance-section.ts";
import { dataSection } from "./data-section.ts";
import { finetuneVerdict } from "./finetune-verdict.ts";
import { scoresSection } from "./scores-section.ts";

/** Returns one HTML document that needs nothing else: no script, no request. */
export function finetunePage(record: FinetuneRecord): string {
  const { run, set, provenance, curve, keptEpoch } = record;
  const trained = { label: "this run", tone: "main", seeds: [{ curve, keptEpoch }] } as const;
  return page({
    title: `Fine-tuning ${run}`,
    lead: `gdiff ${provenance.gdiffVersion} · ${provenance.date} · ${provenance.hardware}`,
    opening: html`${verdict(record)}${facts(record)}`,
    sections: [
      { id: "scores", title: "How often it is right", body: scoresSection(record) },
      { id: "training", title: "Training", body: curvesFigure(set, [trained], "run") },
      { id: "data", title: "Data", body: dataSection(record) },
      { id: "methods", title: "How the numbers are made", body: methods() },
      { id: "provenance", title: "Provenance", body: provenanceSection(provenance) },
    ],
  });
}

function verdict(record: FinetuneRecord): Markup {
  const { standing, text } = finetuneVerdict(record);
  return html`<ul class="verdicts">${verdictItem(standing, record.set, text)}</ul>
<p class="note">One run on one split. Whether it is worth a network, gdiff benchmark says: beside k-mer baselines, over seeds.</p>`;
}

function facts(record: FinetuneRecord): Markup {
  const { network, classes, curve, plannedEpochs, keptEpoch, step, parameters } = record;
  const epochs = curve.filter(({ validAccuracy }) => validAccuracy !== undefined).length;
  const kept = keptEpoch === undefined ? "" : `; the weights of epoch ${keptEpoch} are kept`;
  return factList([
    ["Classes", classes.join(", ")],
    ["Network", network],
    ["Parameters", formatCount(parameters)],
    ["Training", `${epochs} of at most ${plannedEpochs} epochs, ${formatCount(step)} steps${kept}`],
    ["Checkpoint", html`<span class="hash">${record.checkpointSha256}</span>`],
  ]);
}

function methods(): Markup {
  return factList([
    [
      "Selection",
      "The epoch is chosen on validation. The test is read once, under the weights that were kept.",
    ],
    [
      "Two tests",
      "The whole test, and the test without sequences that share 64 bases in a row with a training or validation sequence on either strand, or are equal to one.",
    ],
    [
      "Intervals",
      "95\u00a0%, percentiles of 1,000 bootstrap draws over whole groups of test sequences: those that the data name, or else those that overlap, by their coordinates or by 64 bases in a row; of bins, Wilson’s. They say nothing of other seeds.",
    ],
    ["Metrics", METRICS_NOTE],
  ]);
}
