/** What a run's predictions of its test come to: metrics with intervals, and accuracy by what sequences are. */

import { namedGroups } from "../../src/data/labelled/named-groups.ts";
import type { FinetuneTest, TestScores } from "../../src/report/finetune-record.ts";
import { METRICS, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { type Predictions, selectPredictions } from "../../src/stats/predictions.ts";
import { bootstrapMetrics } from "../../src/stats/uncertainty/bootstrap.ts";
import { accuracyByProperty } from "../labelled/accuracy-by-property.ts";
import { type LabelledParts, overlapGroups } from "../labelled/labelled-parts.ts";
import { propertyEdges } from "../labelled/property-edges.ts";
import { keptPlaces, measureTest, type TestMeasures } from "../labelled/test-measures.ts";
import type { TestPredictions } from "../labelled/test-predictions.ts";

/** Equal predictions give equal intervals. */
const BOOTSTRAP_SEED = 1;

/** What is known of the test sequences besides their predictions. */
export interface KnownTest {
  readonly measures: TestMeasures;
  readonly grouping: "overlap" | "named";
}

/** @param known undefined where the training sequences are not here: each sequence is then drawn by itself */
export function finetuneTest(test: TestPredictions, known: KnownTest | undefined): FinetuneTest {
  const { predictions, lengths, gc } = test;
  const measures = known?.measures;
  const groups = measures?.groups ?? Int32Array.from(lengths, (_, i) => i);
  const edges = propertyEdges(
    lengths,
    [...gc].filter((share) => !Number.isNaN(share)),
  );
  return {
    whole: testScores(predictions, groups),
    deduplicated: measures && keptScores(predictions, measures),
    accuracyBy: accuracyByProperty(test, measures?.nearest, edges),
    grouping: known?.grouping ?? "none",
  };
}

/** Measures a test; groups that the data name are taken before those that overlap. */
export function knownTest(parts: Required<LabelledParts>): KnownTest {
  const { sequences } = parts.test;
  const isNamed = sequences.every(({ group }) => group !== undefined);
  const groups = isNamed ? namedGroups(sequences) : overlapGroups(sequences);
  return { measures: measureTest(parts, groups), grouping: isNamed ? "named" : "overlap" };
}

function keptScores(predictions: Predictions, measures: TestMeasures): TestScores {
  const kept = keptPlaces(measures);
  const groups = Int32Array.from(kept, (i) => measures.groups[i] as number);
  return testScores(selectPredictions(predictions, kept), groups);
}

function testScores(predictions: Predictions, groups: Int32Array): TestScores {
  return {
    metrics: metricsOf(predictions),
    intervals: bootstrapMetrics(METRICS, predictions, groups, { seed: BOOTSTRAP_SEED }),
  };
}
