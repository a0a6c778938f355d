/**
 * A table as tab-separated text: a line of names, a line a row, "\n" after each; metadata is left out, so that
 * every reader takes it. Text with a tab, a quote or a line end stands in quotes, quotes inside doubled (RFC 4180).
 * Numbers are the shortest that read back to the same float64; NaN and Infinity are so spelled; bool is true or false.
 */

import { type Column, int64Values, rowCount, type Table } from "./table.ts";

const ROWS_AT_ONCE = 10_000;

/** Encodes `table` in UTF-8. */
export function tsvBytes(table: Table): Uint8Array {
  return Buffer.concat(Array.from(tsvPieces(table), (piece) => Buffer.from(piece)));
}

/** The text of `table` in pieces of some thousand lines, the header first. */
export function* tsvPieces(table: Table): Generator<string> {
  const rows = rowCount(table);
  const cells = table.columns.map(cellsOf);
  yield `${table.columns.map(({ name }) => quoted(name)).join("\t")}\n`;
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    let text = "";
    for (let row = start; row < Math.min(rows, start + ROWS_AT_ONCE); row++) {
      text += `${cells.map((cell) => cell(row)).join("\t")}\n`;
    }
    yield text;
  }
}

function cellsOf(column: Column): (row: number) => string {
  switch (column.type) {
    case "utf8":
      return (row) => quoted(column.values[row] as string);
    case "int64": {
      const values = int64Values(column);
      return (row) => String(values[row]);
    }
    case "int32":
    case "float64":
      return (row) => String(column.values[row]);
    case "bool":
      return (row) => String(column.values[row] !== 0);
    default:
      return column satisfies never;
  }
}

function quoted(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
