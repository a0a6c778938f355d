/** A trial's predictions of its test, as the report reads them from the trial's table. */

import { VerificationError } from "../../src/errors.ts";
import { predictionsPath } from "../labelled/predictions-files.ts";
import { readTestPredictions, type TestPredictions } from "../labelled/test-predictions.ts";

/**
 * Reads the table of a trial.
 *
 * @param ids of the test sequences, in their order
 * @throws {TableError} when it is damaged
 * @throws {VerificationError} when it is of other sequences
 */
export async function readTrialTest(
  folder: string,
  ids: readonly string[],
): Promise<TestPredictions> {
  const test = await readTestPredictions(folder);
  if (test.ids.length === ids.length && ids.every((id, i) => test.ids[i] === id)) return test;
  throw new VerificationError(
    `${predictionsPath(folder, "test")}: expected predictions of the ${ids.length} test sequences of the set, got others: delete ${folder}, and the trial is done again`,
  );
}
