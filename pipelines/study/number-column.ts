import type { Table } from "../../src/data/table/table.ts";
import { TableError } from "../../src/errors.ts";

/** Returns a column of numbers. @throws {TableError} when the table has none of that name */
export function numberColumn({ columns }: Table, name: string, path: string): ArrayLike<number> {
  const column = columns.find((one) => one.name === name);
  if (column !== undefined && column.type !== "utf8") return column.values;
  throw new TableError(
    `${path}: expected a column ${name} of numbers, got none: delete the folder's evaluate.json, and it is made again`,
  );
}
