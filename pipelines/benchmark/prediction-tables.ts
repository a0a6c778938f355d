/** Predictions of the tests under the chosen settings, from which the report can be computed again: a table a trial. */

import type { Column, Table } from "../../src/data/table/table.ts";
import { predictedLabels } from "../../src/stats/predictions.ts";
import type { TestPredictions } from "../labelled/test-predictions.ts";
import type { ReportedSet, ReportedTrial } from "./set-report.ts";
import { readTrialTest } from "./trial-test.ts";

/**
 * Yields the tables of all sets, models and seeds, all with the same columns, a row a test sequence: set, model, seed, id, label,
 * predicted, `p_CLASS` of every class of any set (NaN where the row's set has no such class), length (bases), gc, nearest,
 * isDeduplicated (whether the de-duplicated test has it) and group. The classes of each set are in the metadata. A trial's
 * predictions are read when its turn comes: those of all sets together take gigabytes.
 *
 * @throws {TableError | VerificationError} when a trial's table is damaged or of other sequences
 */
export async function* predictionTables(sets: readonly ReportedSet[]): AsyncGenerator<Table> {
  const classes = [...new Set(sets.flatMap(({ report }) => report.classes))].sort();
  const classesOf = Object.fromEntries(sets.map(({ report }) => [report.name, report.classes]));
  const metadata = { classes: JSON.stringify(classesOf) };
  for (const row of sets.flatMap(({ chosen }) => chosen)) {
    const test = await readTrialTest(row.folder, row.measures.ids);
    yield { columns: columnsOf(row, test, classes), metadata };
  }
}

function columnsOf(
  { trial, measures }: ReportedTrial,
  { predictions, lengths, gc }: TestPredictions,
  classes: readonly string[],
): Column[] {
  const { ids, nearest, isKept, groups } = measures;
  const rows = ids.length;
  const text = (name: string, values: readonly string[]): Column => ({
    ...{ name, type: "utf8", values },
  });
  const integers = (name: string, values: ArrayLike<number>): Column => ({
    ...{ name, type: "int32", values: Int32Array.from(values) },
  });
  const numbers = (name: string, values: ArrayLike<number>): Column => ({
    ...{ name, type: "float64", values: Float64Array.from(values) },
  });
  const named = (labels: Int32Array): string[] =>
    Array.from(labels, (label) => predictions.classes[label] as string);
  return [
    text("set", new Array<string>(rows).fill(trial.set)),
    text("model", new Array<string>(rows).fill(trial.model)),
    integers("seed", new Int32Array(rows).fill(trial.seed)),
    text("id", ids),
    text("label", named(predictions.labels)),
    text("predicted", named(predictedLabels(predictions))),
    ...classes.map((name) => numbers(`p_${name}`, probabilitiesOf(predictions, name))),
    integers("length", lengths),
    ...[numbers("gc", gc), numbers("nearest", nearest)],
    { name: "isDeduplicated", type: "bool", values: isKept },
    integers("group", groups),
  ];
}

function probabilitiesOf(
  { classes, labels, probabilities }: TestPredictions["predictions"],
  name: string,
): Float64Array {
  const c = classes.indexOf(name);
  return Float64Array.from(labels, (_, i) =>
    c < 0 ? Number.NaN : (probabilities[i * classes.length + c] as number),
  );
}
