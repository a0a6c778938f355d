/** What a report says of one model under one seed: metrics on both tests, and accuracy by what sequences are. */

import type { SeedReport } from "../../src/report/benchmark-record.ts";
import { metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { selectPredictions } from "../../src/stats/predictions.ts";
import { accuracyByProperty } from "../labelled/accuracy-by-property.ts";
import type { PropertyEdges } from "../labelled/property-edges.ts";
import { keptPlaces, type TestMeasures } from "../labelled/test-measures.ts";
import type { TestPredictions } from "../labelled/test-predictions.ts";

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
    accuracyBy: accuracyByProperty(test, measures.nearest, edges),
  };
}
