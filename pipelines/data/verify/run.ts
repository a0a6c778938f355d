/** `gdiff data verify`: a genome's file is read whole, and held against its manifest and what was remembered of it. */

import type { FileRecord } from "../../../src/data/store/file-record.ts";
import { judgeFile } from "../../../src/data/store/judge.ts";
import { type Remembered, readRecord, writeRecord } from "../../../src/data/store/record-store.ts";
import { type ScannedFile, scanGenomeFile } from "../../../src/data/store/scan-genome-file.ts";
import { FileError } from "../../../src/errors.ts";
import type { PipelineIo } from "../../io.ts";
import { byteProgress } from "../byte-progress.ts";
import { describeGenome, type GenomeSummary, summariseGenome } from "../genome-summary.ts";
import { findTarget } from "../target.ts";
import type { VerifyConfig } from "./options.ts";

export interface VerifySummary extends GenomeSummary {
  /** Where it is remembered that the file was verified. */
  readonly record: string;
}

/**
 * Reads the file and says what it is.
 *
 * @throws {VerificationError} when it is not what its manifest says, or not what it was
 * @throws {FileError} when no manifest knows any of it, and it was not remembered before
 */
export async function runDataVerify(
  { genome }: VerifyConfig,
  io: PipelineIo,
): Promise<VerifySummary> {
  const { path, claimed, known, folders } = await findTarget(genome);
  const remembered = await readRecord(path, folders);
  const scanned = await scanGenomeFile(path, {
    onProgress: byteProgress(io.progress, path),
    signal: io.signal,
  });
  io.progress.finish();
  const recognition = judgeFile(path, scanned, { claimed, known, remembered });
  const record = recordOf(scanned, remembered);
  const place = await writeRecord(path, record, folders);
  if (remembered.kind === "damaged") io.stderr(`${remembered.reason}: written anew`);
  if (recognition === undefined && remembered.kind !== "same") {
    throw new FileError(
      `${path}: expected contigs that a manifest knows, got none (gdiff data add takes a manifest; what the file holds now is remembered in ${place})`,
    );
  }
  const summary = summariseGenome(path, record, recognition);
  await io.stdout(describeGenome(summary));
  return { ...summary, record: place };
}

/** What was made from a download stays known while the file is the same. */
function recordOf(
  { bytes, modifiedMs, sha256, contigs }: ScannedFile,
  remembered: Remembered,
): FileRecord {
  const before = "record" in remembered ? remembered.record : undefined;
  const made = before?.sha256 === sha256 ? before.madeFrom : undefined;
  return { bytes, modifiedMs, sha256, ...(made === undefined ? {} : { madeFrom: made }), contigs };
}
