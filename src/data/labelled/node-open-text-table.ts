/** Tables of text from CSV, TSV, Arrow and parquet files. */

import { isUtf8 } from "node:buffer";
import { FileError, TableError } from "../../errors.ts";
import { openFileSource } from "../../genome/node-file-source.ts";
import { readTextBytes } from "../../genome/node-read-text.ts";
import { arrowTextTable } from "./node-arrow-text-table.ts";
import { parquetTextTable } from "./node-parquet-text-table.ts";
import { separatedTable } from "./separated-table.ts";
import type { TextTable } from "./text-table.ts";

/** Text of a CSV or TSV file. */
const MAX_TEXT_BYTES = 2 ** 30;

/**
 * Opens a table of text by its extension.
 *
 * @param expected what the message of another extension expects
 * @throws {FileError} when it cannot be read, or is of no kind that is known
 * @throws {TableError | CompressionError} when it is damaged
 */
export async function openTextTable(path: string, expected: string): Promise<TextTable> {
  const extension = /\.[^./\\]+(?:\.gz)?$/.exec(path.toLowerCase())?.[0] ?? "";
  switch (extension) {
    case ".csv":
    case ".csv.gz":
      return separatedTable(await readText(path), path, ",");
    case ".tsv":
    case ".tsv.gz":
      return separatedTable(await readText(path), path, "\t");
    case ".arrow":
    case ".feather":
      return arrowTextTable(path);
    case ".parquet":
      return parquetTextTable(path);
    default:
      await openFileSource(path).close(); // one that is missing is missing, whatever its name
      throw new FileError(
        `${path}: expected ${expected}, got ${extension === "" ? "no extension" : extension}`,
      );
  }
}

async function readText(path: string): Promise<Uint8Array> {
  const bytes = await readTextBytes(path, MAX_TEXT_BYTES);
  if (isUtf8(bytes)) return bytes;
  throw new TableError(
    `${path}: expected text in UTF-8, got other bytes (convert it: iconv -t UTF-8)`,
  );
}
