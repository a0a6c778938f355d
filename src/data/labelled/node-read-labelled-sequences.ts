/** Labelled sequences from what users have: CSV, TSV, Arrow, parquet, or a folder of FASTA files. */

import { isUtf8 } from "node:buffer";
import { existsSync, statSync } from "node:fs";
import { FileError, TableError } from "../../errors.ts";
import { openFileSource } from "../../genome/node-file-source.ts";
import { readTextBytes } from "../../genome/node-read-text.ts";
import { type LabelColumns, labelledRows } from "./label-columns.ts";
import type { LabelledSequences } from "./labelled-sequence.ts";
import { makeLabelledSequences } from "./make-labelled-sequences.ts";
import { arrowTextTable } from "./node-arrow-text-table.ts";
import { parquetTextTable } from "./node-parquet-text-table.ts";
import { readClassFolder } from "./node-read-class-folder.ts";
import { separatedTable } from "./separated-table.ts";
import type { TextTable } from "./text-table.ts";

/** Text of a CSV or TSV file. */
const MAX_TEXT_BYTES = 2 ** 30;

export interface ReadLabelledOptions {
  /** Where columns have other names than the usual ones. */
  readonly columns?: LabelColumns;
  /** Classes that are fixed before; else they are the labels there are. */
  readonly classes?: readonly string[];
}

/**
 * Reads a set by what `path` is: a folder has a FASTA file a class, a file is read by its extension.
 *
 * @throws {FileError} when it cannot be read, or is of no kind that is known
 * @throws {TableError | FastaError | CompressionError} when it is damaged, or its rows are not as they should be
 */
export async function readLabelledSequences(
  path: string,
  { columns, classes }: ReadLabelledOptions = {},
): Promise<LabelledSequences> {
  const fixed = classes === undefined ? {} : { classes };
  if (existsSync(path) && statSync(path).isDirectory()) {
    const { rows, placeOf } = await readClassFolder(path);
    return makeLabelledSequences(rows, { name: path, placeOf, ...fixed });
  }
  const table = await openTable(path);
  const rows = await labelledRows(table, columns);
  return makeLabelledSequences(rows, { name: path, placeOf: table.placeOf, ...fixed });
}

async function openTable(path: string): Promise<TextTable> {
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
        `${path}: expected labelled sequences as .csv, .tsv (or .gz of these), .arrow, .feather or .parquet, or a folder of CLASS.fa, got ${extension === "" ? "no extension" : extension}`,
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
