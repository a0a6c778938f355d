/** Where the table of a command goes: to a file by its extension, or to stdout as TSV. */

import type { Table } from "../../src/data/table/table.ts";
import { tsvPieces } from "../../src/data/table/tsv-bytes.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import type { PipelineIo } from "../io.ts";

/**
 * Returns the files written: `out`, or none.
 *
 * @throws {FileError} when the file cannot be written
 */
export async function writeOut(
  table: Table,
  out: string | undefined,
  io: PipelineIo,
): Promise<readonly string[]> {
  if (out !== undefined) {
    await writeTable(out, table);
    return [out];
  }
  for (const piece of tsvPieces(table)) await io.stdout(piece);
  return [];
}
