/** What a file holds, from its record where there is one, else by reading it. */

import type { FileRecord } from "../../src/data/store/file-record.ts";
import { readRecord, writeRecord } from "../../src/data/store/record-store.ts";
import { scanGenomeFile } from "../../src/data/store/scan-genome-file.ts";
import { FileError } from "../../src/errors.ts";
import type { PipelineIo } from "../io.ts";
import { byteProgress } from "./byte-progress.ts";
import type { DataTarget } from "./target.ts";

/**
 * Returns the record of a target's file; one that is missing, damaged or of an older file is made by reading the file
 * whole, and kept where that can be done.
 *
 * @throws {FileError | FastaError | CompressionError} when the file cannot be read
 */
export async function rememberedFile(
  { path, folders }: Pick<DataTarget, "path" | "folders">,
  io: Pick<PipelineIo, "stderr" | "progress" | "signal">,
): Promise<FileRecord> {
  const remembered = await readRecord(path, folders);
  if (remembered.kind === "same") return remembered.record;
  if (remembered.kind === "damaged") io.stderr(`${remembered.reason}: the file is read again`);
  const { bytes, modifiedMs, sha256, contigs } = await scanGenomeFile(path, {
    onProgress: byteProgress(io.progress, path),
    signal: io.signal,
  });
  io.progress.finish();
  const record = { bytes, modifiedMs, sha256, contigs };
  try {
    await writeRecord(path, record, folders);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    io.stderr(`${error.message}: the file will be read again next time`);
  }
  return record;
}
