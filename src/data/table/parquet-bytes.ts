/** A table as Parquet: one required column each, compressed with Snappy; metadata as the file's key-value pairs. */

import type { ColumnSource } from "hyparquet-writer";
import { type Column, int64Values, rowCount, type Table } from "./table.ts";

/** Encodes `table`; hyparquet-writer is loaded on the first call. */
export async function parquetBytes(table: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  rowCount(table);
  const kvMetadata = Object.entries(table.metadata).map(([key, value]) => ({ key, value }));
  const columnData = table.columns.map(parquetColumn);
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }));
}

function parquetColumn(column: Column): ColumnSource {
  const { name } = column;
  switch (column.type) {
    case "utf8":
      return { name, nullable: false, type: "STRING", data: [...column.values] };
    case "int32":
      return { name, nullable: false, type: "INT32", data: column.values };
    case "int64":
      return { name, nullable: false, type: "INT64", data: int64Values(column) };
    case "float64":
      return { name, nullable: false, type: "DOUBLE", data: column.values };
    case "bool":
      return { name, nullable: false, type: "BOOLEAN", data: Array.from(column.values, Boolean) };
    default:
      return column satisfies never;
  }
}
