import type { Vector } from "apache-arrow";
import { TableError } from "../../errors.ts";
import { openArrow } from "../table/arrow-file.ts";
import { cellText } from "./cell-text.ts";
import type { TextTable } from "./text-table.ts";

/**
 * Opens an Arrow IPC file or stream as a table of text: utf8 of every kind, dictionaries, whole numbers of 8 to 64 bits, bool.
 *
 * @throws {FileError | TableError} when it cannot be read, is damaged, or compressed
 */
export async function arrowTextTable(path: string): Promise<TextTable> {
  const { table, decode } = await openArrow(path);
  const names = table.schema.fields.map(({ name }) => name);
  const placeOf = (row: number): string => `${path} row ${row + 1}`;
  return {
    file: path,
    names,
    rows: table.numRows,
    placeOf,
    read: async (wanted) =>
      wanted.map((name) => {
        const column = table.getChildAt(names.indexOf(name)) as Vector;
        return decode(() => {
          if (column.length !== table.numRows) throw new RangeError("columns of other lengths");
          return Array.from(column, (value: unknown, row) =>
            cellText(value, (what) => {
              throw new TableError(`${placeOf(row)}, column ${name}: ${what}`);
            }),
          );
        });
      }),
  };
}
