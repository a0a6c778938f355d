/** Predictions as a table, a row a sequence, from which every figure of a report can be computed again. */

import type { NamedSequence } from "../../src/data/labelled/labelled-sequence.ts";
import type { Column, Table } from "../../src/data/table/table.ts";
import { TableError } from "../../src/errors.ts";
import { gcShare } from "../../src/stats/features/gc-share.ts";
import {
  type PredictedScores,
  type Predictions,
  predictedLabels,
  wrongRow,
} from "../../src/stats/predictions.ts";

/** Before the name of a class: the column of its probability. */
const PROBABILITY = "p_";
const CLASSES_KEY = "classes";

/**
 * Returns id, label where it is known, predicted, `p_CLASS` of each class, length (bases) and gc (share of G and C among A, C, G, T; NaN
 * without any), and contig, start, end, strand where every sequence has an interval.
 *
 * @param metadata what is said of all rows
 */
export function predictionsTable(
  { sequences }: { readonly sequences: readonly NamedSequence[] },
  predictions: PredictedScores,
  metadata: Readonly<Record<string, string>>,
): Table {
  const { classes, labels, probabilities } = predictions;
  const nameOf = (label: number): string => classes[label] as string;
  const columns: Column[] = [
    { name: "id", type: "utf8", values: sequences.map(({ id }) => id) },
    ...(labels === undefined ? [] : [labelColumn(Array.from(labels, nameOf))]),
    { name: "predicted", type: "utf8", values: Array.from(predictedLabels(predictions), nameOf) },
    ...classes.map(
      (name, c): Column => ({
        name: `${PROBABILITY}${name}`,
        type: "float64",
        values: Float64Array.from(
          sequences,
          (_, row) => probabilities[row * classes.length + c] as number,
        ),
      }),
    ),
    { name: "length", type: "int32", values: Int32Array.from(sequences, ({ ids }) => ids.length) },
    {
      name: "gc",
      type: "float64",
      values: Float64Array.from(sequences, ({ ids }) => gcShare(ids) ?? Number.NaN),
    },
    ...intervalColumns(sequences),
  ];
  return { columns, metadata: { ...metadata, [CLASSES_KEY]: JSON.stringify(classes) } };
}

/**
 * Returns the predictions that a table holds.
 *
 * @param where what messages call the table
 * @throws {TableError} when a column is missing, a label is none of the classes, or a row's probabilities do not sum to 1
 */
export function tablePredictions(table: Table, where: string): Predictions {
  const classes = classesOf(table.metadata[CLASSES_KEY]);
  if (classes === undefined) {
    throw new TableError(`${where}: expected a table of predictions, got one without classes`);
  }
  const column = <Type extends Column["type"]>(name: string, type: Type) =>
    typedColumn(table, name, type, where);
  const labels = Int32Array.from(column("label", "utf8").values, (name) => {
    const label = classes.indexOf(name);
    if (label >= 0) return label;
    throw new TableError(
      `${where}: expected labels among ${classes.join(", ")}, got ${JSON.stringify(name)}`,
    );
  });
  const shares = classes.map((name) => column(`${PROBABILITY}${name}`, "float64").values);
  const probabilities = new Float64Array(labels.length * classes.length);
  for (const [c, values] of shares.entries()) {
    for (const [row, value] of values.entries()) probabilities[row * classes.length + c] = value;
  }
  const predictions = { classes, labels, probabilities };
  const wrong = wrongRow(predictions);
  if (wrong === undefined) return predictions;
  throw new TableError(
    `${where} row ${wrong.row + 1}: expected probabilities that sum to 1, got ${wrong.sum} (the file is damaged)`,
  );
}

function classesOf(text: string | undefined): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    const isText = (item: unknown): item is string => typeof item === "string";
    return Array.isArray(value) && value.every(isText) && value.length > 1 ? value : undefined;
  } catch {
    return undefined; // no JSON
  }
}

/**
 * Returns a column of a table of predictions.
 *
 * @throws {TableError} when there is none of the name and type
 */
export function typedColumn<Type extends Column["type"]>(
  { columns }: Table,
  name: string,
  type: Type,
  where: string,
): Extract<Column, { type: Type }> {
  const found = columns.find((one) => one.name === name);
  if (found?.type === type) return found as Extract<Column, { type: Type }>;
  throw new TableError(
    `${where}: expected a column ${name} of type ${type}, got ${found?.type ?? "none"}`,
  );
}

function labelColumn(values: readonly string[]): Column {
  return { name: "label", type: "utf8", values };
}

/** contig, start, end, strand where every sequence has an interval; no columns else. */
export function intervalColumns(sequences: readonly NamedSequence[]): Column[] {
  const intervals = sequences.flatMap(({ interval }) => interval ?? []);
  if (intervals.length < sequences.length) return [];
  return [
    { name: "contig", type: "utf8", values: intervals.map(({ contig }) => contig) },
    { name: "start", type: "int64", values: intervals.map(({ start }) => start) },
    { name: "end", type: "int64", values: intervals.map(({ end }) => end) },
    { name: "strand", type: "utf8", values: intervals.map(({ strand }) => strand) },
  ];
}
