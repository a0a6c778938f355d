/** `gdiff data index`: what random access needs beside a genome's file, or in its stead. */

import { existsSync, realpathSync } from "node:fs";
import { fileState } from "../../../src/data/store/file-state.ts";
import { reblock } from "../../../src/data/store/reblock.ts";
import { ownStem } from "../../../src/data/store/record-store.ts";
import { sniffFormat } from "../../../src/data/store/scan-genome-file.ts";
import { lockForWriting } from "../../../src/data/store/write-lock.ts";
import { ConfigError, FileError } from "../../../src/errors.ts";
import type { FileFormat } from "../../../src/genome/file-format.ts";
import type { Contig } from "../../../src/genome/genome.ts";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import { formatBytes, formatNumberOf, formatOneLine } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import { byteProgress } from "../byte-progress.ts";
import { type DataTarget, findTarget } from "../target.ts";
import type { IndexConfig } from "./options.ts";

export interface IndexSummary {
  /** The file that is indexed. */
  readonly path: string;
  readonly bytes: number;
  readonly format: FileFormat;
  readonly contigs: number;
  readonly bases: number;
  /** Whether the file was written by this call. */
  readonly isReblocked: boolean;
  /** Null of 2bit, which is its own index. */
  readonly fai: string | null;
  /** Of bgzip. */
  readonly gzi: string | null;
}

/**
 * Makes the .fai, and the .gzi of bgzip, where they are missing; what is there is checked. Plain gzip, which has no
 * random access, is written anew as bgzip in its own place, with the same text.
 *
 * @throws {ConfigError} when --out names the file itself
 * @throws {FileError} when something cannot be written, or another process writes it
 * @throws {FastaError | CompressionError | IndexFileError} when the file or an index is damaged; nothing is changed then
 */
export async function runDataIndex(
  { genome, out }: IndexConfig,
  io: PipelineIo,
): Promise<IndexSummary> {
  const target = await findTarget(genome);
  const { path } = target;
  const format = await sniffFormat(path);
  const isOwnPlace = out === undefined;
  if (!isOwnPlace && format === "2bit") {
    throw new FileError(
      `${path}: expected FASTA to copy as bgzip, got 2bit (twoBitToFa makes FASTA)`,
    );
  }
  if (!isOwnPlace && existsSync(out) && realpathSync(out) === realpathSync(path)) {
    throw new ConfigError(`expected --out to name another file, got ${out}, the one that is read`);
  }
  const needsBgzip = !isOwnPlace || format === "gzip";
  const isReblocked = needsBgzip && (await writeBgzip(target, out, io));
  const indexed = out ?? path;
  const { contigs, fai, gzi } = await makeIndices(target, indexed, io);
  const indexedFormat = needsBgzip ? "bgzf" : format;
  const summary = {
    path: indexed,
    bytes: fileState(indexed).bytes,
    format: indexedFormat,
    contigs: contigs.length,
    bases: contigs.reduce((sum, { length }) => sum + length, 0),
    isReblocked,
    fai: expectIndex(indexed, fai, indexedFormat !== "2bit"),
    gzi: expectIndex(indexed, gzi, indexedFormat === "bgzf"),
  } as const;
  await io.stdout(`${formatOneLine(describe(summary))}\n`);
  return summary;
}

/** Returns false where another process was quicker. */
async function writeBgzip(
  { path, folders }: DataTarget,
  out: string | undefined,
  io: PipelineIo,
): Promise<boolean> {
  const to = out ?? path;
  const lock = await lockForWriting(existsSync(to) ? realpathSync(to) : to);
  try {
    if (out === undefined && (await sniffFormat(path)) === "bgzf") return false;
    io.stderr(
      out === undefined
        ? `${path} is plain gzip, which cannot be read in parts: it is written anew as bgzip in its place, once; the text stays the same`
        : `${path} is written as bgzip to ${out}`,
    );
    const onProgress = byteProgress(io.progress, path);
    await reblock(path, to, folders, { onProgress, signal: io.signal });
    return true;
  } finally {
    io.progress.finish();
    await lock.release();
  }
}

/** Opening builds what is missing, and checks what is there; an index is beside the file or in the user's own folder. */
async function makeIndices(
  { folders }: DataTarget,
  path: string,
  io: PipelineIo,
): Promise<MadeIndices> {
  const indexStem = ownStem(path, folders);
  const { notify, signal } = { notify: io.stderr, signal: io.signal };
  const { genome, notices } = await openGenome(path, { notify, signal, indexStem });
  await genome.close();
  for (const notice of notices) io.stderr(notice);
  const place = (ending: string): string | undefined =>
    [path, indexStem].map((stem) => stem + ending).find((one) => existsSync(one));
  return { contigs: genome.contigs, fai: place(".fai"), gzi: place(".gzi") };
}

interface MadeIndices {
  readonly contigs: readonly Contig[];
  readonly fai: string | undefined;
  readonly gzi: string | undefined;
}

/** The index's path, where the format has such an index. @throws {FileError} when it could not be written anywhere */
function expectIndex(path: string, index: string | undefined, isNeeded: boolean): string | null {
  if (!isNeeded) return null;
  if (index !== undefined) return index;
  throw new FileError(
    `${path}: expected to keep its index, but neither its folder nor the data folder may be written to, or both are full: --out FILE makes an indexed copy elsewhere`,
  );
}

function describe({ path, bytes, contigs, bases, gzi, fai }: IndexSummary): string {
  const indices = [fai, gzi].filter((index) => index !== null).join(" and ");
  const what = `${formatNumberOf(contigs, "contig")} of ${formatNumberOf(bases, "base")}`;
  const how = indices === "" ? "2bit is its own index" : `indexed by ${indices}`;
  return `${path}: ${what} in ${formatBytes(bytes)}; ${how}`;
}
