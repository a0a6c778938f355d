/** The page of a benchmark. */

import type { BenchmarkRecord, SetReport } from "../benchmark-record.ts";
import { leakageTables } from "../classification/leakage-tables.ts";
import { METRICS_NOTE } from "../classification/metrics-note.ts";
import { factList } from "../html/fact-list.ts";
import type { Markup } from "../html/markup.ts";
import { type PageSection, page } from "../html/page.ts";
import { provenanceSection } from "../provenance-section.ts";
import { overviewSection, verdictList } from "./overview.ts";
import { publishedSection } from "./published-section.ts";
import { setSection } from "./set-section.ts";

/**
 * Returns one HTML document that needs nothing else: no script, no request.
 *
 * @throws {RangeError} when a set lacks the main model or the yardstick
 */
export function benchmarkPage(record: BenchmarkRecord): string {
  const { provenance, sets, published } = record;
  const ofSets = sets.map((set, i): PageSection => {
    const id = `set-${i + 1}`;
    return { id, title: set.name, body: setSection(set, record, published, id) };
  });
  const papers: PageSection[] =
    published.length === 0
      ? []
      : [{ id: "published", title: "Published numbers", body: publishedSection(published) }];
  return page({
    title: "Genomic Benchmarks",
    lead: `gdiff ${provenance.gdiffVersion} · ${provenance.date} · ${provenance.hardware}`,
    opening: verdictList(record),
    sections: [
      { id: "overview", title: "Overview", body: overviewSection(record) },
      ...ofSets,
      { id: "leakage", title: "What tests share with training", body: leakageTables(sets) },
      ...papers,
      { id: "methods", title: "How the numbers are made", body: methods(sets) },
      { id: "provenance", title: "Provenance", body: provenanceSection(provenance) },
    ],
  });
}

function methods(sets: readonly SetReport[]): Markup {
  const isOne = sets[0]?.models[0]?.seeds.length === 1;
  return factList([
    [
      "Seeds",
      `A seed draws the split, the first weights and the order of batches. ${isOne ? "One was made, so that there is neither a deviation nor an interval over seeds." : "± is the standard deviation over seeds; spread, in the JSON, is the largest less the smallest."}`,
    ],
    [
      "Selection",
      "Settings and epochs are chosen by validation accuracy. No test sequence takes part.",
    ],
    [
      "Two tests",
      "The whole test, and the test without what the training set gives away. A model is said to beat another only if every 95\u00a0% interval of the difference is above zero on both.",
    ],
    ["Metrics", METRICS_NOTE],
    ["Baselines", "Trained and measured in the same harness, on the same splits and seeds."],
  ]);
}
