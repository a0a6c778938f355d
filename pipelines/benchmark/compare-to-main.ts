/** The main model beside another one: seed by seed, and over draws of whole groups of the sequences of all tests. */

import type { ModelDifference, OnBothTests } from "../../src/report/benchmark-record.ts";
import { compareModels, type ModelRuns } from "../../src/report/model-report.ts";
import { accuracy } from "../../src/stats/metrics/accuracy.ts";
import { type Predictions, selectPredictions } from "../../src/stats/predictions.ts";
import {
  type BootstrapEstimate,
  bootstrapDifference,
} from "../../src/stats/uncertainty/bootstrap.ts";
import { keptPlaces, type TestMeasures } from "../labelled/test-measures.ts";

export interface ComparedModel {
  readonly runs: ModelRuns;
  /** Of the test of each seed, in their order. */
  readonly tests: readonly Predictions[];
}

/** Equal predictions give equal intervals. */
const BOOTSTRAP_SEED = 1;

export function compareToMain(
  main: ComparedModel,
  other: ComparedModel,
  measures: readonly TestMeasures[],
): ModelDifference {
  const whole = measures.map(({ ids }) => [...ids.keys()]);
  const kept = measures.map(keptPlaces);
  const over = (places: readonly (readonly number[])[]): BootstrapEstimate =>
    bootstrapDifference(
      accuracy,
      joined(main.tests, places),
      joined(other.tests, places),
      Int32Array.from(
        measures.flatMap(({ groups }, s) => (places[s] ?? []).map((i) => groups[i] as number)),
      ),
      { seed: BOOTSTRAP_SEED },
    );
  const bootstrap: OnBothTests<BootstrapEstimate> = {
    whole: over(whole),
    deduplicated: over(kept),
  };
  return compareModels(main.runs, other.runs, "accuracy", bootstrap);
}

/** Chosen predictions of all seeds after each other. */
function joined(
  tests: readonly Predictions[],
  places: readonly (readonly number[])[],
): Predictions {
  const parts = tests.map((predictions, s) => selectPredictions(predictions, places[s] ?? []));
  return {
    classes: (tests[0] as Predictions).classes,
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
    probabilities: Float64Array.from(parts.flatMap(({ probabilities }) => [...probabilities])),
  };
}
