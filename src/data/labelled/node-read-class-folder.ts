/** A folder of FASTA files, one a class: CLASS.fa, CLASS.fasta or CLASS.fna, plain or gzip. */

import { FileError } from "../../errors.ts";
import { readFastaRecords } from "../../genome/node-read-records.ts";
import type { LabelledRow } from "./make-labelled-sequences.ts";
import { classFiles } from "./node-class-files.ts";

/** Ends the names of FASTA files. */
export const FASTA_EXTENSION: RegExp = /\.(?:fa|fasta|fna)(?:\.gz)?$/i;

export interface ClassFolderRows {
  /** In the order of the files' names, and of the records in each; an id is CLASS/NAME. */
  readonly rows: readonly LabelledRow[];
  placeOf(row: number): string;
}

/**
 * Reads every FASTA file of `folder`; other files and those whose name begins with a dot are no part of it.
 *
 * @throws {FileError | CompressionError | FastaError} when there is none, two are of one class, or one cannot be read
 */
export async function readClassFolder(folder: string): Promise<ClassFolderRows> {
  const files = await classFiles(folder, FASTA_EXTENSION);
  if (files.length === 0) {
    throw new FileError(
      `${folder}: expected a folder of FASTA files, one a class (CLASS.fa, CLASS.fa.gz), got none`,
    );
  }
  const rows: LabelledRow[] = [];
  const ends: { readonly file: string; readonly start: number }[] = [];
  for (const { label, path } of files) {
    ends.push({ file: path, start: rows.length });
    for (const { id, sequence } of await readFastaRecords(path)) {
      rows.push({ id: `${label}/${id}`, label, bases: sequence });
    }
  }
  const placeOf = (row: number): string => {
    const { file, start } = ends.findLast((one) => one.start <= row) as (typeof ends)[number];
    return `${file} record ${row - start + 1}`;
  };
  return { rows, placeOf };
}
