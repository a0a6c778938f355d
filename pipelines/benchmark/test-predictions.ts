/** A trial's predictions of its test, as the report reads them from the trial's table. */

import type { Column } from "../../src/data/table/table.ts";
import { VerificationError } from "../../src/errors.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import { tablePredictions } from "../labelled/predictions-table.ts";
import { predictionsPath, readPredictions } from "./trial-result.ts";

export interface TestPredictions {
  readonly predictions: Predictions;
  /** [sequences] bases */
  readonly lengths: ArrayLike<number>;
  /** [sequences] share of G and C; NaN without a base */
  readonly gc: ArrayLike<number>;
}

/**
 * Reads the table of a trial.
 *
 * @param ids of the test sequences, in their order
 * @throws {TableError} when it is damaged
 * @throws {VerificationError} when it is of other sequences
 */
export async function readTestPredictions(
  folder: string,
  ids: readonly string[],
): Promise<TestPredictions> {
  const path = predictionsPath(folder, "test");
  const table = await readPredictions(folder, "test");
  const column = (name: string): Column["values"] =>
    table.columns.find((one) => one.name === name)?.values ?? [];
  const own = column("id");
  const sizes = [own, column("length"), column("gc")].map(({ length }) => length);
  if (sizes.every((size) => size === ids.length) && ids.every((id, i) => own[i] === id)) {
    return {
      predictions: tablePredictions(table, path),
      lengths: column("length") as ArrayLike<number>,
      gc: column("gc") as ArrayLike<number>,
    };
  }
  throw new VerificationError(
    `${path}: expected predictions of the ${ids.length} test sequences of the set, got others: delete ${folder}, and the trial is done again`,
  );
}
