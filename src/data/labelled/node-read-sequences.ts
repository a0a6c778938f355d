/** Sequences to predict or embed from what users have: tables with or without labels, FASTA, or a folder of FASTA files, one a class. */

import { existsSync, statSync } from "node:fs";
import { readFastaRecords } from "../../genome/node-read-records.ts";
import { type LabelColumns, sequenceRows, type UnlabelledRows } from "./label-columns.ts";
import type { NamedSequence } from "./labelled-sequence.ts";
import { makeSequences } from "./make-sequences.ts";
import { openTextTable } from "./node-open-text-table.ts";
import { FASTA_EXTENSION, readClassFolder } from "./node-read-class-folder.ts";

export interface ReadSequences {
  readonly sequences: readonly NamedSequence[];
  /** Name of the class of each, where the source has them; they are not checked. */
  readonly labels?: readonly string[];
  /** What messages call a sequence. */
  placeOf(row: number): string;
}

const EXPECTED =
  "sequences as .fa, .fasta, .fna, .csv, .tsv (or .gz of these), .arrow, .feather or .parquet";

/**
 * Reads sequences by what `path` is: a record of a FASTA file or a row of a table each.
 *
 * @param columns where columns of a table have other names than the usual ones
 * @throws {FileError} when it cannot be read, or is of no kind that is known
 * @throws {TableError | FastaError | CompressionError} when it is damaged, or its rows are not as they should be
 */
export async function readSequences(
  path: string,
  columns: LabelColumns = {},
): Promise<ReadSequences> {
  const { rows, labels, placeOf } = await readRows(path, columns);
  const sequences = makeSequences(rows, { name: path, placeOf });
  return { sequences, ...(labels === undefined ? {} : { labels }), placeOf };
}

async function readRows(
  path: string,
  columns: LabelColumns,
): Promise<UnlabelledRows & Pick<ReadSequences, "placeOf">> {
  if (existsSync(path) && statSync(path).isDirectory()) {
    const { rows, placeOf } = await readClassFolder(path);
    return { rows: [...rows], labels: rows.map(({ label }) => label), placeOf };
  }
  if (FASTA_EXTENSION.test(path)) {
    const records = await readFastaRecords(path);
    const rows = records.map(({ id, sequence }) => ({ id, bases: sequence }));
    return { rows, placeOf: (row) => `${path} record ${row + 1}` };
  }
  const table = await openTextTable(path, EXPECTED);
  return { ...(await sequenceRows(table, columns)), placeOf: table.placeOf };
}
