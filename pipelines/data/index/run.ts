/** `gdiff data index`: what random access needs beside a genome's file, or in its stead. */

import { existsSync, realpathSync } from "node:fs";
import { fileState } from "../../../src/data/store/file-state.ts";
import { reblock } from "../../../src/data/store/reblock.ts";
import { sniffFormat } from "../../../src/data/store/scan-genome-file.ts";
import { ConfigError, FileError } from "../../../src/errors.ts";
import type { FileFormat } from "../../../src/genome/file-format.ts";
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
 * @throws {FileError} when something cannot be written
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
  const isReblocked = !isOwnPlace || format === "gzip";
  const indexed = isReblocked ? await writeBgzip(target, out, io) : path;
  const { contigs } = await makeIndices(indexed, format, io);
  const { bytes } = fileState(indexed);
  const summary = {
    path: indexed,
    bytes,
    format: await sniffFormat(indexed),
    contigs: contigs.length,
    bases: contigs.reduce((sum, { length }) => sum + length, 0),
    isReblocked,
    fai: format === "2bit" ? null : `${indexed}.fai`,
    gzi: isReblocked || format === "bgzf" ? `${indexed}.gzi` : null,
  };
  await io.stdout(`${formatOneLine(describe(summary))}\n`);
  return summary;
}

async function writeBgzip(
  { path, folders }: DataTarget,
  out: string | undefined,
  io: PipelineIo,
): Promise<string> {
  const to = out ?? path;
  io.stderr(
    out === undefined
      ? `${path} is plain gzip, which cannot be read in parts: it is written anew as bgzip in its place, once; the text stays the same`
      : `${path} is written as bgzip to ${out}`,
  );
  await reblock(path, to, folders, {
    onProgress: byteProgress(io.progress, path),
    signal: io.signal,
  });
  io.progress.finish();
  return to;
}

/** Opening builds what is missing, and checks what is there. */
async function makeIndices(
  path: string,
  format: FileFormat,
  io: PipelineIo,
): Promise<{ readonly contigs: readonly { readonly length: number }[] }> {
  const { genome, notices } = await openGenome(path, { notify: io.stderr, signal: io.signal });
  await genome.close();
  for (const notice of notices) io.stderr(notice);
  if (format === "2bit" || existsSync(`${path}.fai`)) return genome;
  throw new FileError(
    `${path}.fai: expected to write the index, but its folder may not be written to or is full: --out FILE makes an indexed copy elsewhere`,
  );
}

function describe({ path, bytes, contigs, bases, gzi, fai }: IndexSummary): string {
  const indices = [fai, gzi].filter((index) => index !== null).join(" and ");
  const what = `${formatNumberOf(contigs, "contig")} of ${formatNumberOf(bases, "base")}`;
  const how = indices === "" ? "2bit is its own index" : `indexed by ${indices}`;
  return `${path}: ${what} in ${formatBytes(bytes)}; ${how}`;
}
