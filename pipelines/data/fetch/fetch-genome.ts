/** A known genome's file into the data folder: checked to the base, in bgzip, indexed, and remembered as verified. */

import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { copyFile } from "../../../src/data/download/copy-file.ts";
import type { KnownGenome } from "../../../src/data/manifests/node-known-genomes.ts";
import type { Recognition } from "../../../src/data/manifests/recognise.ts";
import type { DataFolders } from "../../../src/data/store/data-folders.ts";
import type { FileRecord } from "../../../src/data/store/file-record.ts";
import { fileState } from "../../../src/data/store/file-state.ts";
import { judgeFile } from "../../../src/data/store/judge.ts";
import { downloadPath } from "../../../src/data/store/locate-genome.ts";
import { reblock } from "../../../src/data/store/reblock.ts";
import { writeRecord } from "../../../src/data/store/record-store.ts";
import { scanGenomeFile, sniffFormat } from "../../../src/data/store/scan-genome-file.ts";
import { lockForWriting } from "../../../src/data/store/write-lock.ts";
import { EXIT, FileError, GdiffError, StoppedError } from "../../../src/errors.ts";
import type { ContigFacts } from "../../../src/genome/contig-facts.ts";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import { fileWriteError } from "../../../src/util/file-write-error.ts";
import type { HttpClient } from "../../../src/util/http/client.ts";
import { isUrl } from "../../../src/util/http/remote-url.ts";
import { stopRequest } from "../../stop.ts";
import { byteProgress } from "../byte-progress.ts";
import { downloadGenome } from "./download-genome.ts";
import { type FetchIo, fetchCommand } from "./fetch-io.ts";

export interface FetchedGenome {
  readonly path: string;
  readonly record: FileRecord;
  readonly recognition: Recognition<ContigFacts> | undefined;
}

/**
 * Brings a genome's file; nothing has its name before its bases are known to be right.
 *
 * @param from path or URL of the publisher's file, or of a copy in any compression
 * @param client speaks to servers; without it one with the environment's proxies
 * @throws {RemoteError} when it cannot be had; what came of it is kept for the next time
 * @throws {VerificationError} when it is not the genome, or not the publisher's file where that is asked for
 * @throws {FileError} when it cannot be read or written, or another process fetches it
 * @throws {StoppedError} when `io.signal` aborts; what came is kept for the next time
 */
export async function fetchGenome(
  genome: KnownGenome,
  from: string,
  folders: DataFolders,
  io: FetchIo,
  client?: HttpClient,
): Promise<FetchedGenome> {
  const path = downloadPath(genome, folders);
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw fileWriteError(path, cause);
  });
  const lock = await lockForWriting(path);
  try {
    await removeFiles(indicesOf(path)); // of a file that is no more
    if (!isUrl(from)) return await takeIn(from, path, { genome, folders, io });
    const raw = `${path}.download`;
    const isPublished = await downloadGenome(genome, from, raw, io, client);
    const fetched = await takeIn(raw, path, { genome, folders, io, isPublished, isOwn: true });
    await removeFiles([raw]);
    return fetched;
  } catch (error) {
    const stop = stopRequest(io.signal);
    if (stop === undefined || error !== io.signal.reason) throw error;
    throw new StoppedError(
      stop.exitCode,
      `stopped by ${stop.signal}: "${fetchCommand(genome, from)}" goes on where it was`,
    );
  } finally {
    io.progress.finish();
    await lock.release();
  }
}

interface Intake {
  readonly genome: KnownGenome;
  readonly folders: DataFolders;
  readonly io: FetchIo;
  /** Whether the file's digest is the manifest's. */
  readonly isPublished?: boolean;
  /** Whether the file is a download, to be moved or deleted. */
  readonly isOwn?: boolean;
}

async function takeIn(from: string, path: string, intake: Intake): Promise<FetchedGenome> {
  const { genome, io, isPublished = false, isOwn = false } = intake;
  const format = await sniffFormat(from);
  const judge = ({ sha256, contigs }: Pick<FileRecord, "sha256" | "contigs">) =>
    judgeFile(
      from,
      { sha256, contigs },
      { claimed: genome, known: [genome], remembered: { kind: "nothing" } },
    );
  const options = { onProgress: byteProgress(io.progress, from), signal: io.signal };
  try {
    switch (format) {
      case "2bit":
        throw new FileError(
          `${from}: expected FASTA, plain or gzip, got 2bit (--fasta takes a 2bit as it is)`,
        );
      case "bgzf": {
        const scanned = await scanGenomeFile(from, options);
        const recognition = judge(scanned);
        if (isOwn) await rename(from, path);
        else await copyFile(from, path, { ...options, expected: { sha256: scanned.sha256 } });
        const { sha256, contigs } = scanned;
        const record = { ...fileState(path), sha256, contigs };
        await makeIndices(path, io);
        await writeRecord(path, record, intake.folders);
        return { path, record, recognition };
      }
      case "text":
      case "gzip": {
        if (!isPublished) judge(await scanGenomeFile(from, options));
        io.progress.finish();
        io.stderr(`${from} is written as bgzip, which can be read in parts, to ${path}`);
        const record = await reblock(from, path, intake.folders, options);
        return { path, record, recognition: judge(record) };
      }
      default:
        return format satisfies never;
    }
  } catch (error) {
    // Stopped, or without room on the disk, a download waits for the next time; what is wrong with it will not pass.
    const isWrong = error instanceof GdiffError && error.exitCode === EXIT.corrupt;
    if (isWrong) await removeFiles([...(isOwn ? [from] : []), path, ...indicesOf(path)]);
    throw error;
  }
}

async function makeIndices(path: string, io: FetchIo): Promise<void> {
  const { genome, notices } = await openGenome(path, { signal: io.signal });
  await genome.close();
  for (const notice of notices) io.stderr(notice);
}

function indicesOf(path: string): string[] {
  return [".fai", ".gzi", ".gdiff.json"].map((ending) => path + ending);
}

async function removeFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true });
}
