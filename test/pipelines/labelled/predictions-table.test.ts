import { expect, test } from "vitest";
import {
  predictionsTable,
  tablePredictions,
} from "../../../pipelines/labelled/predictions-table.ts";
import { TableError } from "../../../src/errors.ts";

const INTERVAL = { contig: "chr1", start: 10, end: 14, strand: "-" } as const;
const SEQUENCES = {
  name: "two",
  classes: ["a", "b"],
  sequences: [
    { id: "x", ids: Uint8Array.of(0, 1, 2, 4), label: 1, interval: INTERVAL },
    { id: "y", ids: Uint8Array.of(3, 3), label: 0, interval: { ...INTERVAL, end: 12 } },
  ],
};
const PREDICTIONS = {
  classes: ["a", "b"],
  labels: Int32Array.of(1, 0),
  probabilities: Float64Array.of(0.25, 0.75, 0.5, 0.5),
};

test("a row a sequence, and the predictions come back", () => {
  const table = predictionsTable(SEQUENCES, PREDICTIONS, { set: "two" });
  const values = Object.fromEntries(table.columns.map(({ name, values }) => [name, [...values]]));
  expect(values).toEqual({
    id: ["x", "y"],
    label: ["b", "a"],
    predicted: ["b", "a"],
    p_a: [0.25, 0.5],
    p_b: [0.75, 0.5],
    length: [4, 2],
    gc: [2 / 3, 0],
    contig: ["chr1", "chr1"],
    start: [10, 10],
    end: [14, 12],
    strand: ["-", "-"],
  });
  expect(table.metadata).toEqual({ set: "two", classes: '["a","b"]' });
  expect(tablePredictions(table, "t.arrow")).toEqual(PREDICTIONS);
});

test("without all intervals there are no coordinates", () => {
  const [first, { interval: _, ...second }] = SEQUENCES.sequences as [
    (typeof SEQUENCES.sequences)[0],
    (typeof SEQUENCES.sequences)[0],
  ];
  const table = predictionsTable({ ...SEQUENCES, sequences: [first, second] }, PREDICTIONS, {});
  expect(table.columns.map(({ name }) => name)).toEqual([
    ...["id", "label", "predicted", "p_a", "p_b", "length", "gc"],
  ]);
});

test.each([
  ["classes", "expected a table of predictions, got one without classes"],
  ["p_b", "expected a column p_b of type float64, got none"],
  ["label", "expected a column label of type utf8, got none"],
])("a table without %s is refused", (missing, message) => {
  const { columns, metadata } = predictionsTable(SEQUENCES, PREDICTIONS, {});
  const table = {
    columns: columns.filter(({ name }) => name !== missing),
    metadata: missing === "classes" ? {} : metadata,
  };
  expect(() => tablePredictions(table, "t.arrow")).toThrow(new TableError(`t.arrow: ${message}`));
});

test("a label that is no class is refused", () => {
  const { columns, metadata } = predictionsTable(SEQUENCES, PREDICTIONS, {});
  const table = { columns, metadata: { ...metadata, classes: '["a","c"]' } };
  expect(() => tablePredictions(table, "t.arrow")).toThrow(
    new TableError('t.arrow: expected labels among a, c, got "b"'),
  );
});

test.each(['["a",', '{"a":1}', "null", '["a"]', '["a",1]'])("classes %j are none", (classes) => {
  const { columns, metadata } = predictionsTable(SEQUENCES, PREDICTIONS, {});
  expect(() =>
    tablePredictions({ columns, metadata: { ...metadata, classes } }, "t.arrow"),
  ).toThrow(new TableError("t.arrow: expected a table of predictions, got one without classes"));
});

test.each([
  [[0.25, 0.75, 0.5, 0.4], 0.9],
  [[0.25, 0.75, 1.5, -0.5], Number.NaN],
  [[0.25, 0.75, Number.NaN, 0.5], Number.NaN],
])("a row of %j is damage", (probabilities, sum) => {
  const table = predictionsTable(
    SEQUENCES,
    { ...PREDICTIONS, probabilities: Float64Array.from(probabilities) },
    {},
  );
  expect(() => tablePredictions(table, "t.arrow")).toThrow(
    new TableError(
      `t.arrow row 2: expected probabilities that sum to 1, got ${sum} (the file is damaged)`,
    ),
  );
});
