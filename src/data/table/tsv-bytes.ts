/**
 * A table as tab-separated text: a line of names, a line a row, "\n" after each; metadata is left out, so that
 * every reader takes it. Text with a tab, a quote or a line end stands in quotes, quotes inside doubled (RFC 4180).
 * Numbers read back to the same float64, or the same float32 of vectors, in few digits; NaN and Infinity are so spelled; bool is true or false.
 * A column of vectors is a column an element: embedding0, embedding1 and so on.
 */

import { type Column, int64Values, rowCount, type Table, type VectorColumn } from "./table.ts";

const ROWS_AT_ONCE = 10_000;

/** Encodes `table` in UTF-8. */
export function tsvBytes(table: Table): Uint8Array {
  return Buffer.concat(Array.from(tsvPieces(table), (piece) => Buffer.from(piece)));
}

/** The text of `table` in pieces of some thousand lines, the header first. */
export function* tsvPieces(table: Table): Generator<string> {
  const rows = rowCount(table);
  const cells = table.columns.map(cellsOf);
  yield `${table.columns.flatMap(namesOf).map(quoted).join("\t")}\n`;
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
    case "float32s":
      return (row) => vectorCells(column, row);
    default:
      return column satisfies never;
  }
}

function namesOf(column: Column): readonly string[] {
  if (column.type !== "float32s") return [column.name];
  return Array.from({ length: column.width }, (_, i) => `${column.name}${i}`);
}

function vectorCells({ values, width }: VectorColumn, row: number): string {
  const cells = values.subarray(row * width, (row + 1) * width);
  return Array.from(cells, float32Text).join("\t");
}

/** Nine digits tell any two float32 apart. */
function float32Text(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : String(value);
}

function quoted(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
