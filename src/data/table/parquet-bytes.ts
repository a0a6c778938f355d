/** A table as Parquet: one required column each, vectors as lists, compressed with Snappy; metadata as the file's key-value pairs. */

import type { SchemaElement } from "hyparquet";
import type * as writerModule from "hyparquet-writer";
import type { ColumnSource } from "hyparquet-writer";
import { type Column, int64Values, rowCount, type Table, type VectorColumn } from "./table.ts";

/** Encodes `table`; hyparquet-writer is loaded on the first call. */
export async function parquetBytes(table: Table): Promise<Uint8Array> {
  const writer = await import("hyparquet-writer");
  rowCount(table);
  const kvMetadata = Object.entries(table.metadata).map(([key, value]) => ({ key, value }));
  const columns = table.columns.map((column) => parquetColumn(writer, column));
  return new Uint8Array(
    writer.parquetWriteBuffer({
      columnData: columns.map(({ source }) => source),
      schema: [
        { name: "root", num_children: columns.length },
        ...columns.flatMap(({ schema }) => schema),
      ],
      kvMetadata,
    }),
  );
}

interface ParquetColumn {
  readonly source: ColumnSource;
  readonly schema: readonly SchemaElement[];
}

function parquetColumn(writer: typeof writerModule, column: Column): ParquetColumn {
  if (column.type === "float32s") return vectorColumn(column);
  const typed = { ...scalarColumn(column), nullable: false };
  const { name, data } = typed;
  return {
    source: { name, data },
    schema: writer.schemaFromColumnData({ columnData: [typed] }).slice(1), // after its root
  };
}

function scalarColumn(
  column: Exclude<Column, VectorColumn>,
): Pick<ColumnSource, "name" | "data" | "type"> {
  const { name } = column;
  switch (column.type) {
    case "utf8":
      return { name, type: "STRING", data: [...column.values] };
    case "int32":
      return { name, type: "INT32", data: column.values };
    case "int64":
      return { name, type: "INT64", data: int64Values(column) };
    case "float64":
      return { name, type: "DOUBLE", data: column.values };
    case "bool":
      return { name, type: "BOOLEAN", data: Array.from(column.values, Boolean) };
    default:
      return column satisfies never;
  }
}

/** A list in three levels, as the format asks (apache/parquet-format, LogicalTypes.md). */
function vectorColumn({ name, values, width }: VectorColumn): ParquetColumn {
  const data = Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
  return {
    source: { name, data },
    schema: [
      { name, repetition_type: "REQUIRED", converted_type: "LIST", num_children: 1 },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "REQUIRED", type: "FLOAT" },
    ],
  };
}
