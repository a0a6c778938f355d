/** Predictions of the tests under the chosen settings in one table, from which the report can be computed again. */

import type { Column, Table } from "../../src/data/table/table.ts";
import { predictedLabels } from "../../src/stats/predictions.ts";
import type { ReportedSet, ReportedTrial } from "./set-report.ts";

/**
 * Returns a row a test sequence of a set, model and seed: set, model, seed, id, label, predicted, `p_CLASS` of every class of any
 * set (NaN where the row's set has no such class), length (bases), gc, nearest, isDeduplicated (whether the de-duplicated test has it) and
 * group. The classes of each set are in the metadata.
 */
export function allPredictions(sets: readonly ReportedSet[]): Table {
  const rows = sets.flatMap(({ chosen }) => chosen);
  const classes = [...new Set(sets.flatMap(({ report }) => report.classes))].sort();
  const classesOf = Object.fromEntries(sets.map(({ report }) => [report.name, report.classes]));
  const numbers = (take: (row: ReportedTrial) => ArrayLike<number>): Float64Array =>
    joined(rows.map(take), Float64Array);
  const columns: Column[] = [
    text("set", rows, ({ trial, measures }) => measures.ids.map(() => trial.set)),
    text("model", rows, ({ trial, measures }) => measures.ids.map(() => trial.model)),
    {
      name: "seed",
      type: "int32",
      values: joined(
        rows.map(({ trial, measures }) => measures.ids.map(() => trial.seed)),
        Int32Array,
      ),
    },
    text("id", rows, ({ measures }) => measures.ids),
    text("label", rows, ({ test }) => named(test.predictions.classes, test.predictions.labels)),
    text("predicted", rows, ({ test }) =>
      named(test.predictions.classes, predictedLabels(test.predictions)),
    ),
    ...classes.map(
      (name): Column => ({
        name: `p_${name}`,
        type: "float64",
        values: numbers((row) => probabilitiesOf(row, name)),
      }),
    ),
    {
      name: "length",
      type: "int32",
      values: joined(
        rows.map(({ test }) => test.lengths),
        Int32Array,
      ),
    },
    { name: "gc", type: "float64", values: numbers(({ test }) => test.gc) },
    { name: "nearest", type: "float64", values: numbers(({ measures }) => measures.nearest) },
    {
      name: "isDeduplicated",
      type: "bool",
      values: joined(
        rows.map(({ measures }) => measures.isKept),
        Uint8Array,
      ),
    },
    {
      name: "group",
      type: "int32",
      values: joined(
        rows.map(({ measures }) => measures.groups),
        Int32Array,
      ),
    },
  ];
  return { columns, metadata: { classes: JSON.stringify(classesOf) } };
}

function text(
  name: string,
  rows: readonly ReportedTrial[],
  take: (row: ReportedTrial) => readonly string[],
): Column {
  return { name, type: "utf8", values: rows.flatMap(take) };
}

function named(classes: readonly string[], labels: Int32Array): string[] {
  return Array.from(labels, (label) => classes[label] as string);
}

function probabilitiesOf({ test: { predictions } }: ReportedTrial, name: string): Float64Array {
  const { classes, labels, probabilities } = predictions;
  const c = classes.indexOf(name);
  return Float64Array.from(labels, (_, i) =>
    c < 0 ? Number.NaN : (probabilities[i * classes.length + c] as number),
  );
}

/** All values after each other. */
function joined<Values extends Int32Array | Float64Array | Uint8Array>(
  parts: readonly ArrayLike<number>[],
  make: new (length: number) => Values,
): Values {
  const values = new make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}
