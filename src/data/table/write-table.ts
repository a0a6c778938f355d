/** Tables as files, in the format that the name's extension says. */

import { extname } from "node:path";
import { UsageError } from "../../errors.ts";
import { checkWritable, writeFileAtomic } from "../../util/atomic-file.ts";
import { arrowBytes } from "./arrow-bytes.ts";
import { parquetBytes } from "./parquet-bytes.ts";
import type { Table } from "./table.ts";
import { tsvBytes } from "./tsv-bytes.ts";

type Encode = (table: Table) => Promise<Uint8Array>;

const ENCODERS: ReadonlyMap<string, Encode> = new Map([
  [".arrow", arrowBytes],
  [".tsv", async (table: Table) => tsvBytes(table)],
  [".parquet", parquetBytes],
]);

/**
 * Writes a table to `path`, whole or not at all.
 *
 * @throws {UsageError} when the path does not end in .arrow, .tsv or .parquet
 * @throws {FileError} when the file cannot be written
 */
export async function writeTable(path: string, table: Table): Promise<void> {
  await writeFileAtomic(path, await encoderOf(path)(table));
}

/**
 * Checks that `writeTable` knows the format of `path` and may write it, for commands that write it hours later.
 *
 * @throws {UsageError} when the path does not end in .arrow, .tsv or .parquet
 * @throws {FileError} when the folder is missing or may not be written to, or something else has the name
 */
export async function checkTablePath(path: string): Promise<void> {
  encoderOf(path);
  checkWritable(path);
}

function encoderOf(path: string): Encode {
  const extension = extname(path);
  const encode = ENCODERS.get(extension.toLowerCase());
  if (encode === undefined) {
    const got = extension === "" ? "a name without an extension" : extension;
    throw new UsageError(
      `${path}: expected a table to end in ${[...ENCODERS.keys()].join(", ")}, got ${got}: rename it`,
    );
  }
  return encode;
}
