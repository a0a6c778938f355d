/** Predictions of test sequences, and what their table says of the sequences. */

import type { LabelledSequence } from "../../src/data/labelled/labelled-sequence.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import { predictionsPath, readPredictions } from "./predictions-files.ts";
import { tablePredictions, typedColumn } from "./predictions-table.ts";

export interface TestPredictions {
  readonly ids: readonly string[];
  readonly predictions: Predictions;
  /** [sequences] bases */
  readonly lengths: Int32Array;
  /** [sequences] share of G and C; NaN without a base */
  readonly gc: Float64Array;
}

/** @throws {FileError | TableError} when the table of the test is missing or damaged */
export async function readTestPredictions(folder: string): Promise<TestPredictions> {
  const path = predictionsPath(folder, "test");
  const table = await readPredictions(folder, "test");
  return {
    ids: typedColumn(table, "id", "utf8", path).values,
    predictions: tablePredictions(table, path),
    lengths: typedColumn(table, "length", "int32", path).values,
    gc: typedColumn(table, "gc", "float64", path).values,
  };
}

/** Whether predictions are of these sequences, in their order: by ids, labels and lengths. */
export function isPredictionOf(
  { ids, predictions: { labels }, lengths }: TestPredictions,
  sequences: readonly LabelledSequence[],
): boolean {
  return (
    ids.length === sequences.length &&
    sequences.every(
      (sequence, i) =>
        ids[i] === sequence.id &&
        labels[i] === sequence.label &&
        lengths[i] === sequence.ids.length,
    )
  );
}
