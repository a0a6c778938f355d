/** CSV and TSV (RFC 4180: fields in quotes may hold separators, line ends and doubled quotes) as tables of text. */

import type { CsvError } from "csv-parse/sync";
import { TableError } from "../../errors.ts";
import { formatBytes, formatCount } from "../../util/format.ts";
import type { TextTable } from "./text-table.ts";

/** Bytes of one row: the longest sequence and much else. */
const MAX_ROW_BYTES = 2 ** 21;
const MAX_COLUMNS = 1000;
const CR = 0x0d;
const LF = 0x0a;

/** What is wrong, by the parser's codes. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "expected a closing quote, got the end of the file"],
  [
    "CSV_INVALID_CLOSING_QUOTE",
    "expected a separator or the end of the line after a closing quote, got something else",
  ],
  [
    "INVALID_OPENING_QUOTE",
    "expected quotes around a whole field, or doubled inside of them, got one within a field",
  ],
  [
    "CSV_MAX_RECORD_SIZE",
    `expected at most ${formatBytes(MAX_ROW_BYTES)} in a row, got more (is a quote never closed?)`,
  ],
]);

/**
 * Parses text with a header. A byte order mark and blank lines are skipped; line ends are LF, CRLF or CR. The parser
 * (csv-parse) is loaded on the first call.
 *
 * @param bytes in UTF-8
 * @param file what messages call the text
 * @throws {TableError} naming file and the line that a row begins on, when it is no such text, has no rows, or rows of other lengths than the header
 */
export async function separatedTable(
  bytes: Uint8Array,
  file: string,
  separator: "," | "\t",
): Promise<TextTable> {
  const { parse } = await import("csv-parse/sync");
  const columns: string[][] = [];
  const rowEnds: number[] = []; // bytes from the start; the header's first
  let header: readonly string[] | undefined;
  const placeOf = (row: number): string =>
    `${file} line ${lineAfter(bytes, row < 0 ? 0 : (rowEnds[row] as number))}`;
  const take = (cells: readonly string[], { bytes: end }: { readonly bytes: number }): null => {
    const refuse = (what: string): never => {
      throw new TableError(`${placeOf(rowEnds.length - 1)}: ${what}`);
    };
    if (header === undefined) {
      header = checkHeader(cells, refuse);
      for (let i = 0; i < cells.length; i++) columns.push([]);
    } else {
      if (cells.length !== header.length) {
        refuse(`expected ${header.length} columns, as in the header, got ${cells.length}`);
      }
      cells.forEach((cell, i) => {
        columns[i]?.push(cell);
      });
    }
    rowEnds.push(end);
    return null;
  };
  try {
    parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      bom: true,
      delimiter: separator,
      max_record_size: MAX_ROW_BYTES,
      on_record: take,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true, // checked in `take`, whose message says more
      skip_empty_lines: true,
    });
  } catch (cause) {
    const reason = REASONS.get((cause as Partial<CsvError>).code ?? "");
    if (reason === undefined) throw cause;
    throw new TableError(`${placeOf(rowEnds.length - 1)}: ${reason}`, { cause });
  }
  if (header === undefined) throw new TableError(`${file}: expected a header, got an empty file`);
  const rows = rowEnds.length - 1;
  if (rows === 0) throw new TableError(`${file}: expected rows after the header, got none`);
  const names = header;
  return {
    file,
    names,
    rows,
    placeOf,
    read: async (wanted) => wanted.map((name) => columns[names.indexOf(name)] as string[]),
  };
}

/** The line, from 1 on, that the first row after `offset` begins on; the parser's own count takes CRLF in quotes for two. */
function lineAfter(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    const isLineEnd = byte === LF || byte === CR;
    if (at >= offset && !isLineEnd) break;
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) line++;
  }
  return line;
}

function checkHeader(names: readonly string[], refuse: (what: string) => never): readonly string[] {
  if (names.length > MAX_COLUMNS) {
    refuse(
      `expected at most ${formatCount(MAX_COLUMNS)} columns, got ${formatCount(names.length)}`,
    );
  }
  return names;
}
