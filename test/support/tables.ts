/** Tables for the tests of every format. */

import type { Column, Table } from "../../src/data/table/table.ts";

/** One column of each type with the values that are easy to get wrong. */
export const EVERY_TYPE: Table = {
  columns: [
    {
      name: "name",
      type: "utf8",
      values: ["chr1", "", 'tab\tand "quote"', "línea\nzwei", "α→ω🧬", "NA"],
    },
    { name: "start", type: "int32", values: Int32Array.of(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 7) },
    {
      name: "end",
      type: "int64",
      values: Float64Array.of(0, 1, 2 ** 31, -(2 ** 32) - 1, 2 ** 53 - 1, -(2 ** 53) + 1),
    },
    {
      name: "nats",
      type: "float64",
      values: Float64Array.of(0, -0.1, 1e300, 5e-324, 1 / 3, 2 ** 53),
    },
    { name: "isScored", type: "bool", values: Uint8Array.of(1, 0, 1, 1, 0, 0) },
    {
      name: "features",
      type: "float32s",
      width: 2,
      values: Float32Array.of(
        0,
        -0.5,
        0.1,
        1 / 3,
        3e38,
        1e-45,
        16_777_217,
        -7,
        1e-7,
        2,
        123456.79,
        1,
      ),
    },
  ],
  metadata: { seed: "7", "bits per base": "≤ 1.9", empty: "" },
};

export const NO_ROWS: Table = {
  columns: [
    { name: "name", type: "utf8", values: [] },
    { name: "start", type: "int32", values: new Int32Array(0) },
    { name: "end", type: "int64", values: [] },
    { name: "nats", type: "float64", values: new Float64Array(0) },
    { name: "isScored", type: "bool", values: new Uint8Array(0) },
    { name: "features", type: "float32s", width: 2, values: new Float32Array(0) },
  ],
  metadata: {},
};

/** `rows` rows of every type. */
export function longTable(rows: number): Table {
  return {
    columns: [
      { name: "name", type: "utf8", values: Array.from({ length: rows }, (_, i) => `window ${i}`) },
      {
        name: "start",
        type: "int32",
        values: Int32Array.from({ length: rows }, (_, i) => 128 * i),
      },
      {
        name: "end",
        type: "int64",
        values: Array.from({ length: rows }, (_, i) => 2 ** 31 + 128 * i),
      },
      {
        name: "nats",
        type: "float64",
        values: Float64Array.from({ length: rows }, (_, i) => Math.sin(i)),
      },
      {
        name: "isScored",
        type: "bool",
        values: Uint8Array.from({ length: rows }, (_, i) => i % 3),
      },
      {
        name: "features",
        type: "float32s",
        width: 2,
        values: Float32Array.from({ length: 2 * rows }, (_, i) => Math.cos(i)),
      },
    ],
    metadata: { rows: String(rows) },
  };
}

/** Rows as records of plain values, as JSON of another program gives them. */
export function plainRows(table: Table): Record<string, unknown>[] {
  const rows = table.columns[0]?.values.length ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, plainCell(column, row)])),
  );
}

function plainCell(column: Column, row: number): unknown {
  if (column.type === "bool") return column.values[row] !== 0;
  if (column.type !== "float32s") return column.values[row];
  const { values, width } = column;
  return [...values.subarray(row * width, (row + 1) * width)];
}
