/** Labelled sequences from what users have: CSV, TSV, Arrow, parquet, or a folder of FASTA files. */

import { existsSync, statSync } from "node:fs";
import { TableError } from "../../errors.ts";
import { type LabelColumns, labelledRows } from "./label-columns.ts";
import type { LabelledSequences } from "./labelled-sequence.ts";
import { makeLabelledSequences } from "./make-labelled-sequences.ts";
import { openTextTable } from "./node-open-text-table.ts";
import { readClassFolder } from "./node-read-class-folder.ts";

const EXPECTED =
  "labelled sequences as .csv, .tsv (or .gz of these), .arrow, .feather or .parquet, or a folder of CLASS.fa";

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
    if (columns?.group !== undefined) {
      throw new TableError(
        `${path}: expected a table with a column ${columns.group} of groups, got a folder of FASTA files`,
      );
    }
    const { rows, placeOf } = await readClassFolder(path);
    return makeLabelledSequences(rows, { name: path, placeOf, ...fixed });
  }
  const table = await openTextTable(path, EXPECTED);
  const rows = await labelledRows(table, columns);
  return makeLabelledSequences(rows, { name: path, placeOf: table.placeOf, ...fixed });
}
