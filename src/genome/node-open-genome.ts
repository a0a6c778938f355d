/** A FASTA file on disk as a genome, whatever its compression; indices are read, checked, or built and kept. */

import { setImmediate } from "node:timers/promises";
import { openBgzf } from "./bgzf-source.ts";
import { buildGzi } from "./bgzf-walk.ts";
import { buildFai } from "./build-fai.ts";
import { byteChunks } from "./byte-chunks.ts";
import type { ByteSource } from "./byte-source.ts";
import { type FaiRecord, formatFai, MAX_FAI_BYTES, parseFai } from "./fai.ts";
import { fastaGenome } from "./fasta-genome.ts";
import { type FileFormat, fileFormat, SNIFFED_BYTES } from "./file-format.ts";
import type { Genome } from "./genome.ts";
import { formatGzi, type Gzi, maxGziBytes, parseGzi } from "./gzi.ts";
import { loadGenome, MAX_BASES_IN_MEMORY } from "./load-genome.ts";
import { type FileSource, openFileSource } from "./node-file-source.ts";
import { gunzip } from "./node-gunzip.ts";
import { readIndexFile, writeIndexFile } from "./node-index-file.ts";
import { genomeLoops } from "./node-native-loops.ts";
import { verifyFai } from "./verify-fai.ts";

export interface OpenGenomeOptions {
  /** Take a bgzip file without its end-of-file block. */
  readonly allowMissingEof?: boolean;
  /** Bases of a plain gzip file that are held in memory. */
  readonly maxBasesInMemory?: number;
  /** Called with one line before an index is built, which takes a while. */
  readonly notify?: (line: string) => void;
}

export interface OpenedGenome {
  readonly genome: Genome;
  /** What the user should know though nothing failed; the caller prints it. */
  readonly notices: readonly string[];
}

/**
 * Opens a FASTA file: plain or bgzip through .fai (and .gzi), which are built beside it when missing; plain gzip in memory.
 *
 * @throws {FileError} when the file is missing or not readable
 * @throws {FastaError | CompressionError | IndexFileError} when it is damaged, or its index belongs to another file
 */
export async function openGenome(
  path: string,
  options: OpenGenomeOptions = {},
): Promise<OpenedGenome> {
  const file = openFileSource(path);
  try {
    const format = fileFormat(file.readSync(0, Math.min(SNIFFED_BYTES, file.size)), path);
    const notices = nameNotices(path, format);
    if (format === "gzip") return await openGzip(file, options, notices);
    const text = format === "text" ? file : await openIndexedBgzf(file, options, notices);
    const records = await findOrBuildFai(file, text, options, notices);
    return { genome: fastaGenome(text, records, genomeLoops().bytes), notices };
  } catch (cause) {
    await file.close();
    throw cause;
  }
}

async function openGzip(
  file: FileSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<OpenedGenome> {
  const maxBases = options.maxBasesInMemory ?? MAX_BASES_IN_MEMORY;
  // Headers and line ends stay well below the bases; what is longer is no FASTA.
  const text = gunzip(byteChunks(file), file.name, 4 * maxBases);
  const { genome, emptyContigs } = await loadGenome(text, file.name, maxBases, genomeLoops().bytes);
  await file.close();
  notices.push(...emptyNotices(file.name, emptyContigs));
  return { genome, notices };
}

async function openIndexedBgzf(
  file: FileSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<ByteSource> {
  const path = `${file.name}.gzi`;
  const found = await readIndexFile(path, maxGziBytes(file.size));
  let gzi: Gzi;
  if (found !== undefined) {
    gzi = parseGzi(found.bytes, path, file.size);
    notices.push(...ageNotices(path, found.modifiedMs, file));
  } else {
    options.notify?.(`building ${path}`);
    gzi = await buildGzi(file, nextTurn);
  }
  const allowMissingEof = options.allowMissingEof ?? false;
  const text = await openBgzf(file, genomeLoops().inflate, { gzi, allowMissingEof });
  if (found === undefined) push(notices, await writeIndexFile(path, formatGzi(gzi)));
  return text;
}

async function findOrBuildFai(
  file: FileSource,
  text: ByteSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<readonly FaiRecord[]> {
  const path = `${file.name}.fai`;
  const found = await readIndexFile(path, MAX_FAI_BYTES);
  if (found !== undefined) {
    const records = parseFai(new TextDecoder().decode(found.bytes), path);
    await verifyFai(text, records, path);
    notices.push(...ageNotices(path, found.modifiedMs, file));
    return records;
  }
  options.notify?.(`building ${path}`);
  const { records, emptyContigs } = await buildFai(byteChunks(text), file.name, {
    turn: nextTurn,
    loops: genomeLoops().bytes,
  });
  notices.push(...emptyNotices(file.name, emptyContigs));
  push(notices, await writeIndexFile(path, new TextEncoder().encode(formatFai(records))));
  return records;
}

/** Local files are read without waiting, so the event loop is given its turns. */
async function nextTurn(): Promise<void> {
  await setImmediate();
}

function nameNotices(path: string, format: FileFormat): string[] {
  const isNamedGzip = /\.b?gz$/i.test(path);
  if (isNamedGzip && format === "text")
    return [`${path} is named as gzip but is plain text: read as plain text`];
  if (!isNamedGzip && format !== "text")
    return [`${path} is ${format} though its name does not say so: read as ${format}`];
  return [];
}

function ageNotices(path: string, modifiedMs: number, file: FileSource): string[] {
  if (modifiedMs >= file.modifiedMs) return [];
  return [`${path} is older than ${file.name}, but agrees with it`];
}

function emptyNotices(path: string, names: readonly string[]): string[] {
  return names.map((name) => `${path}: contig "${name}" has no bases and is left out`);
}

function push(notices: string[], notice: string | undefined): void {
  if (notice !== undefined) notices.push(notice);
}
