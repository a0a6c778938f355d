/** The page of a comparison: what differs first, then every number, then measure by measure. */

import { formatCount, formatNumberOf } from "../../util/format.ts";
import type { CompareRecord, SetFacts } from "../compare-record.ts";
import { factList } from "../html/fact-list.ts";
import { html, type Markup } from "../html/markup.ts";
import { type PageSection, page } from "../html/page.ts";
import { percent } from "../numbers.ts";
import { provenanceSection } from "../provenance-section.ts";
import { verdictList } from "./compare-verdicts.ts";
import { measureSection } from "./measure-section.ts";
import { overviewTable } from "./overview-table.ts";

/** Returns one HTML document that needs nothing else: no script, no request. */
export function comparePage(record: CompareRecord): string {
  const { provenance, measures } = record;
  const sections: PageSection[] = [
    { id: "overview", title: "All numbers", body: overview(record) },
    ...measures.map((measure) => measureSection(measure, record)),
    { id: "provenance", title: "Provenance", body: provenanceSection(provenance) },
  ];
  return page({
    title: "Generated DNA beside real DNA",
    lead: `gdiff ${provenance.gdiffVersion} · ${provenance.date} · ${provenance.hardware}`,
    opening: html`${verdictList(record)}${facts(record)}${notesOf(record)}`,
    sections,
  });
}

function overview(record: CompareRecord): Markup {
  const { sequences, replicates } = record;
  return html`<p>Three samples of ${formatNumberOf(sequences, "sequence")} are compared: generated ones, and two halves of the reference that share nothing. One half is the reference proper; the other, “real”, stands in the place of the generated. So beside every number is what real DNA of the same size comes to: a floor for distances, a level for the rest. Intervals are by ${formatCount(replicates)} bootstrap draws over sequences; a number that every draw gives alike has none, or for a share of sequences Wilson’s.</p>
${overviewTable(record.measures, "strip")}`;
}

function facts({ sets, train, sequences, seed }: CompareRecord): Markup {
  const { description } = sets.generated;
  const rows: (readonly [string, string])[] = [
    ["Generated", setText(sets.generated)],
    ...(description === undefined ? [] : [["First of them", description] as const]),
    ["Reference", setText(sets.reference)],
    [
      "Training set",
      train === undefined
        ? "not given"
        : `${train.name}: ${formatCount(train.bases)} bases of ${formatNumberOf(train.contigs, "sequence")}`,
    ],
    ["Compared", `${formatNumberOf(sequences, "sequence")} of each set, dealt with seed ${seed}`],
  ];
  return factList(rows);
}

function setText({ name, sequences, bases, unknown, shortest, longest, median }: SetFacts): string {
  const lengths =
    shortest === longest
      ? `${formatCount(longest)} bases each`
      : `${formatCount(shortest)} to ${formatCount(longest)} bases, median ${formatCount(median)}`;
  const n = unknown === 0 ? "" : `, ${percent(unknown / bases, 2)} N`;
  return `${name}: ${formatNumberOf(sequences, "sequence")}, ${lengths}${n}`;
}

function notesOf({ notes }: CompareRecord): Markup | undefined {
  if (notes.length === 0) return undefined;
  return html`<div class="notes" role="note"><b>Before you read on</b><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></div>`;
}
