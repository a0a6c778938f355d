/** A table as one record batch of Arrow, no nulls; metadata in the schema. */

import type * as arrowModule from "apache-arrow";
import type { Vector } from "apache-arrow";
import { TableError } from "../../errors.ts";
import { formatBytes } from "../../util/format.ts";
import { type Column, int64Values, rowCount, type Table, type VectorColumn } from "./table.ts";

type Arrow = typeof arrowModule;

/** Of a column of text. */
const MOST_TEXT_BYTES = 2 ** 31 - 1;

/** @throws {TableError} when a column has more text than it can hold */
export function arrowBatch(arrow: Arrow, table: Table): arrowModule.RecordBatch {
  const length = rowCount(table);
  const vectors = table.columns.map((column) => arrowVector(arrow, column));
  const fields = table.columns.map(
    ({ name }, i) => new arrow.Field(name, (vectors[i] as Vector).type, false),
  );
  const schema = new arrow.Schema(fields, new Map(Object.entries(table.metadata)));
  const data = arrow.makeData({
    type: new arrow.Struct(fields),
    length,
    nullCount: 0,
    children: vectors.map((vector) => vector.data[0] as NonNullable<(typeof vector.data)[0]>),
  });
  return new arrow.RecordBatch(schema, data);
}

function arrowVector(arrow: Arrow, column: Column): Vector {
  switch (column.type) {
    case "utf8":
      return new arrow.Vector([utf8Data(arrow, column)]);
    case "int32":
      return arrow.makeVector(column.values);
    case "int64":
      return arrow.makeVector(int64Values(column));
    case "float64":
      return arrow.makeVector(column.values);
    case "bool":
      return new arrow.Vector([boolData(arrow, column.values)]);
    case "float32s":
      return new arrow.Vector([vectorData(arrow, column)]);
    default:
      return column satisfies never;
  }
}

/** @throws {TableError} when the text is longer than its offsets of 32 bits reach */
function utf8Data(arrow: Arrow, { name, values }: Extract<Column, { type: "utf8" }>) {
  const valueOffsets = new Int32Array(values.length + 1);
  let bytes = 0;
  for (const [i, value] of values.entries()) {
    bytes += Buffer.byteLength(value);
    if (bytes > MOST_TEXT_BYTES) {
      throw new TableError(
        `expected at most ${formatBytes(MOST_TEXT_BYTES)} of text in column ${name} of an Arrow table, got more by row ${i + 1} (write fewer rows, or .tsv or .parquet)`,
      );
    }
    valueOffsets[i + 1] = bytes;
  }
  const data = Buffer.alloc(bytes); // one for all: many rows are short
  for (const [i, value] of values.entries()) data.write(value, valueOffsets[i] as number);
  return arrow.makeData({
    type: new arrow.Utf8(),
    length: values.length,
    nullCount: 0,
    valueOffsets,
    data,
  });
}

/** One bit a row, the first row in the lowest bit. */
function boolData(arrow: Arrow, values: Uint8Array) {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, row) => {
    if (value !== 0) bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
  });
  return arrow.makeData({
    type: new arrow.Bool(),
    length: values.length,
    nullCount: 0,
    data: bits,
  });
}

/** FixedSizeList<float32>, elements without nulls too. */
function vectorData(arrow: Arrow, { values, width }: VectorColumn) {
  const element = new arrow.Field("element", new arrow.Float32(), false);
  return arrow.makeData({
    type: new arrow.FixedSizeList(width, element),
    length: values.length / width,
    nullCount: 0,
    child: arrow.makeData({ type: new arrow.Float32(), data: values, nullCount: 0 }),
  });
}
