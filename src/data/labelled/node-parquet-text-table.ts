import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Compressors, FileMetaData } from "hyparquet";
import { FileError, GdiffError, TableError } from "../../errors.ts";
import { openFileSource } from "../../genome/node-file-source.ts";
import { formatBytes, formatCount } from "../../util/format.ts";
import { cellText } from "./cell-text.ts";
import { MAX_SEQUENCES } from "./make-sequences.ts";
import type { TextTable } from "./text-table.ts";

/** Of the file, and of the columns read from it once decompressed. */
const MAX_BYTES = 2 ** 30;
/** Beside snappy, which hyparquet has itself. */
const COMPRESSORS: Compressors = {
  GZIP: (input, maxOutputLength) => gunzipSync(input, { maxOutputLength }),
  BROTLI: (input, maxOutputLength) => brotliDecompressSync(input, { maxOutputLength }),
};
const TAKEN: readonly string[] = ["UNCOMPRESSED", "SNAPPY", ...Object.keys(COMPRESSORS)];

/**
 * Opens a parquet file as a table of text. The reader (hyparquet) is loaded on the first call.
 *
 * @throws {FileError | TableError} when it cannot be read, is no parquet, damaged, or compressed in a way that is not taken
 */
export async function parquetTextTable(path: string): Promise<TextTable> {
  const file = await readBuffer(path);
  const { parquetMetadata, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const { metadata, names } = await undamaged(path, () => {
    const metadata = parquetMetadata(file);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    if (names.every((name: unknown) => typeof name === "string")) return { metadata, names };
    throw new TypeError("columns without names");
  });
  const placeOf = (row: number): string => `${path} row ${row + 1}`;
  return {
    file: path,
    names,
    rows: Number(metadata.num_rows),
    placeOf,
    async read(wanted) {
      const columns = [...wanted];
      const rows = await undamaged(path, () => {
        checkColumns(path, metadata, wanted);
        return parquetReadObjects({ file, metadata, columns, compressors: COMPRESSORS });
      });
      if (rows.length !== Number(metadata.num_rows)) throw damaged(path, "rows are missing");
      return wanted.map((name) =>
        rows.map((cells, row) =>
          cellText(cells[name], (what) => {
            throw new TableError(`${placeOf(row)}, column ${name}: ${what}`);
          }),
        ),
      );
    },
  };
}

async function readBuffer(path: string): Promise<ArrayBuffer> {
  const source = openFileSource(path);
  try {
    if (source.size > MAX_BYTES) {
      throw new FileError(
        `${path}: expected at most ${formatBytes(MAX_BYTES)}, got ${formatBytes(source.size)}`,
      );
    }
    return source.readSync(0, source.size, new Uint8Array(source.size)).buffer as ArrayBuffer;
  } finally {
    await source.close();
  }
}

/** Before anything is decompressed: how, and how much it will be. */
function checkColumns(path: string, metadata: FileMetaData, wanted: readonly string[]): void {
  let bytes = 0;
  if (Number(metadata.num_rows) > MAX_SEQUENCES) {
    throw new TableError(
      `${path}: expected at most ${formatCount(MAX_SEQUENCES)} rows, got ${formatCount(Number(metadata.num_rows))}`,
    );
  }
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data: column } of columns) {
      const name = column?.path_in_schema[0];
      if (column === undefined || name === undefined || !wanted.includes(name)) continue;
      bytes += Number(column.total_uncompressed_size);
      if (TAKEN.includes(column.codec)) continue;
      throw new TableError(
        `${path}: expected column ${name} to be compressed by ${TAKEN.slice(1).join(", ")} or not at all, got ${column.codec} (write it again with one of these)`,
      );
    }
  }
  if (bytes <= MAX_BYTES) return;
  throw new TableError(
    `${path}: expected columns ${wanted.join(", ")} of at most ${formatBytes(MAX_BYTES)}, got ${formatBytes(bytes)} (split the file)`,
  );
}

/** The reader trusts what it reads, so that damage fails anywhere inside it. */
async function undamaged<T>(path: string, take: () => T | Promise<T>): Promise<T> {
  try {
    return await take();
  } catch (cause) {
    if (cause instanceof GdiffError) throw cause;
    throw damaged(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function damaged(path: string, said: string, cause?: unknown): TableError {
  return new TableError(
    `${path}: expected a parquet file, but its reader said: ${said} (the file is cut short or damaged: write it again)`,
    { cause },
  );
}
