/** What a report says of one model under one seed: metrics on both tests, and accuracy by what sequences are. */

import type { AccuracyByProperty, SeedReport } from "../../src/report/benchmark-record.ts";
import { accuracyBy } from "../../src/stats/metrics/accuracy-by.ts";
import { metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { selectPredictions } from "../../src/stats/predictions.ts";
import type { PropertyEdges } from "./property-edges.ts";
import type { TestMeasures } from "./test-measures.ts";
import type { TestPredictions } from "./test-predictions.ts";

/** What is known of a trial besides its test. */
export type TrialFacts = Omit<SeedReport, "tests" | "accuracyBy">;

export function seedReport(
  facts: TrialFacts,
  test: TestPredictions,
  measures: TestMeasures,
  edges: PropertyEdges,
): SeedReport {
  const { predictions } = test;
  return {
    ...facts,
    tests: {
      whole: metricsOf(predictions),
      deduplicated: metricsOf(selectPredictions(predictions, keptPlaces(measures))),
    },
    accuracyBy: byProperty(test, measures, edges),
  };
}

/** Places of the sequences that the de-duplicated test has. */
export function keptPlaces({ isKept }: TestMeasures): number[] {
  return [...isKept.keys()].filter((i) => isKept[i] !== 0);
}

function byProperty(
  { predictions, lengths, gc }: TestPredictions,
  { nearest }: TestMeasures,
  edges: PropertyEdges,
): AccuracyByProperty {
  const hasBase = Array.from(gc, (_, i) => i).filter((i) => !Number.isNaN(gc[i]));
  const shares = hasBase.map((i) => gc[i] as number);
  return {
    length: accuracyBy(predictions, lengths, edges.length),
    gc: accuracyBy(selectPredictions(predictions, hasBase), shares, edges.gc),
    nearest: accuracyBy(predictions, nearest, edges.nearest),
  };
}
