/** A FASTA file, on disk or on a server, as a genome, whatever its compression; indices are read, checked, or built and kept. */

import { setImmediate } from "node:timers/promises";
import { IndexFileError, RemoteError } from "../errors.ts";
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
import { fastaText } from "./node-fasta-text.ts";
import { gunzip } from "./node-gunzip.ts";
import type { HttpSourceOptions } from "./node-http-source.ts";
import { type FoundIndex, readIndexFile, writeIndexFile } from "./node-index-file.ts";
import { genomeLoops } from "./node-native-loops.ts";
import { type OpenedSource, openSource } from "./node-open-source.ts";
import { openTwoBit } from "./twobit-genome.ts";
import { verifyFai } from "./verify-fai.ts";

export interface OpenGenomeOptions {
  /** Take a bgzip file without its end-of-file block. */
  readonly allowMissingEof?: boolean;
  /** Bases of a plain gzip file that are held in memory. */
  readonly maxBasesInMemory?: number;
  /** Called with one line before an index is built, and before each wait for a server. */
  readonly notify?: (line: string) => void;
  /** Once it aborts, requests to a server and the building of an index fail with its reason. */
  readonly signal?: AbortSignal;
  /**
   * Path, but for its ending, of the indices of a file beside which none may be written: they are kept there, and
   * looked for there where none is beside the file.
   */
  readonly indexStem?: string | undefined;
  /** How servers are spoken to. */
  readonly http?: Pick<HttpSourceOptions, "client" | "policy" | "paging">;
}

export interface OpenedGenome {
  readonly genome: Genome;
  /** What the user should know though nothing failed; the caller prints it. */
  readonly notices: readonly string[];
}

/**
 * Opens a FASTA file: plain or bgzip through .fai (and .gzi), which are built beside it when missing; plain gzip in memory;
 * or a .2bit file.
 * By its https URL it is plain, bgzip or 2bit, the indices stand beside it, and only the bytes that are needed are fetched.
 *
 * @throws {FileError} when the file is missing or not readable
 * @throws {RemoteError} when it is on a server and cannot be had, or its indices are missing there
 * @throws {FastaError | TwoBitError | CompressionError | IndexFileError} when it is damaged, or its index belongs to another file
 */
export async function openGenome(
  pathOrUrl: string,
  options: OpenGenomeOptions = {},
): Promise<OpenedGenome> {
  const { signal, notify, http } = options;
  const opened = await openSource(pathOrUrl, {
    ...http,
    ...(signal === undefined ? {} : { signal }),
    ...(notify === undefined ? {} : { notify }),
  });
  const { source } = opened;
  try {
    const head = await source.read(0, Math.min(SNIFFED_BYTES, source.size));
    const format = fileFormat(head, source.name);
    const notices = nameNotices(source.name, format);
    if (format === "2bit") {
      const { genome, emptyContigs } = await openTwoBit(source, genomeLoops().bytes.files);
      return { genome, notices: [...notices, ...emptyNotices(source.name, emptyContigs)] };
    }
    if (format === "gzip") return await openGzip(opened, options, notices);
    const text = format === "text" ? source : await openIndexedBgzf(opened, options, notices);
    const records = await findOrBuildFai(opened, text, options, notices);
    return { genome: fastaGenome(text, records, genomeLoops().bytes), notices };
  } catch (cause) {
    await source.close();
    throw cause instanceof IndexFileError ? indexFailure(cause, opened) : cause;
  }
}

/** Whose index it is tells who can make it anew. */
function indexFailure(cause: IndexFileError, { modifiedMs }: OpenedSource): IndexFileError {
  if (modifiedMs !== undefined) return cause;
  const message = `${cause.message}; it is on a server, so that is for its owner to do (or ${REMEDY})`;
  return new IndexFileError(message, { cause });
}

async function openGzip(
  { source: file, modifiedMs }: OpenedSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<OpenedGenome> {
  if (modifiedMs === undefined) {
    throw new RemoteError(
      `${file.name}: plain gzip cannot be read in parts (${REMEDY}; where the file is, "gunzip" and "bgzip" make it readable in parts)`,
    );
  }
  const maxBases = options.maxBasesInMemory ?? MAX_BASES_IN_MEMORY;
  // Headers and line ends stay well below the bases; what is longer is no FASTA.
  const text = gunzip(byteChunks(file), file.name, 4 * maxBases);
  const { genome, emptyContigs } = await loadGenome(text, file.name, maxBases, genomeLoops().bytes);
  await file.close();
  notices.push(...emptyNotices(file.name, emptyContigs));
  return { genome, notices };
}

async function openIndexedBgzf(
  opened: OpenedSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<ByteSource> {
  const { source: file } = opened;
  const { path, found } = await findIndex(opened, options, ".gzi", maxGziBytes(file.size));
  let gzi: Gzi;
  if (found !== undefined) {
    gzi = parseGzi(found.bytes, path, file.size);
    notices.push(...ageNotices(path, found, opened));
  } else {
    expectLocal(opened, path);
    options.notify?.(`building ${path}`);
    gzi = await buildGzi(file, turnsOf(options));
  }
  const allowMissingEof = options.allowMissingEof ?? false;
  const text = await openBgzf(file, genomeLoops().inflate, { gzi, allowMissingEof });
  if (found === undefined) push(notices, await keepIndex(opened, options, ".gzi", formatGzi(gzi)));
  return text;
}

async function findOrBuildFai(
  opened: OpenedSource,
  text: ByteSource,
  options: OpenGenomeOptions,
  notices: string[],
): Promise<readonly FaiRecord[]> {
  const { source: file } = opened;
  const { path, found } = await findIndex(opened, options, ".fai", MAX_FAI_BYTES);
  if (found !== undefined) {
    const records = parseFai(new TextDecoder().decode(found.bytes), path);
    await verifyFai(text, records, path);
    notices.push(...ageNotices(path, found, opened));
    return records;
  }
  expectLocal(opened, path);
  options.notify?.(`building ${path}`);
  const { allowMissingEof } = options;
  const pieces =
    text === file
      ? byteChunks(file)
      : fastaText(byteChunks(file), "bgzf", file.name, { bytes: file.size, allowMissingEof });
  const { records, emptyContigs } = await buildFai(pieces, file.name, {
    turn: turnsOf(options),
    loops: genomeLoops().bytes,
  });
  notices.push(...emptyNotices(file.name, emptyContigs));
  const bytes = new TextEncoder().encode(formatFai(records));
  push(notices, await keepIndex(opened, options, ".fai", bytes));
  return records;
}

/** The index beside the file, else the one that is kept elsewhere; `path` is where it is, or would be. */
async function findIndex(
  { source, readIndex, modifiedMs }: OpenedSource,
  { indexStem }: OpenGenomeOptions,
  ending: ".fai" | ".gzi",
  maxBytes: number,
): Promise<{ readonly path: string; readonly found: FoundIndex | undefined }> {
  const path = source.name + ending;
  const beside = await readIndex(ending, maxBytes);
  if (beside !== undefined || indexStem === undefined || modifiedMs === undefined)
    return { path, found: beside };
  const found = await readIndexFile(indexStem + ending, maxBytes);
  return { path: found === undefined ? path : indexStem + ending, found };
}

function keepIndex(
  { source }: OpenedSource,
  { indexStem }: OpenGenomeOptions,
  ending: ".fai" | ".gzi",
  bytes: Uint8Array,
): Promise<string | undefined> {
  const elsewhere = indexStem === undefined ? undefined : indexStem + ending;
  return writeIndexFile(source.name + ending, bytes, elsewhere);
}

/** Local files are read without waiting, so the event loop is given its turns, in which an abort arrives. */
function turnsOf({ signal }: OpenGenomeOptions): () => Promise<void> {
  return async () => {
    await setImmediate();
    signal?.throwIfAborted();
  };
}

function nameNotices(path: string, format: FileFormat): string[] {
  const isNamedGzip = /\.b?gz$/i.test(path);
  if (isNamedGzip && format === "text")
    return [`${path} is named as gzip but is plain text: read as plain text`];
  if (isNamedGzip && format === "2bit")
    return [`${path} is named as gzip but is 2bit: read as 2bit`];
  if (!isNamedGzip && (format === "gzip" || format === "bgzf"))
    return [`${path} is ${format} though its name does not say so: read as ${format}`];
  return [];
}

function ageNotices(
  path: string,
  found: FoundIndex,
  { source, modifiedMs }: OpenedSource,
): string[] {
  const isOlder = (found.modifiedMs ?? 0) < (modifiedMs ?? 0);
  return isOlder ? [`${path} is older than ${source.name}, but agrees with it`] : [];
}

const REMEDY = "download the file and give its path";

/** To build an index takes the whole file, which nobody asked to download. */
function expectLocal({ source, modifiedMs }: OpenedSource, path: string): void {
  if (modifiedMs !== undefined) return;
  throw new RemoteError(
    `${path}: expected this index beside ${source.name}, but the server does not have it: where the file is, "samtools faidx" makes it; or ${REMEDY}`,
  );
}

function emptyNotices(path: string, names: readonly string[]): string[] {
  return names.map((name) => `${path}: contig "${name}" has no bases and is left out`);
}

function push(notices: string[], notice: string | undefined): void {
  if (notice !== undefined) notices.push(notice);
}
