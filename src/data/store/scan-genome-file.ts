/** One pass over a genome's file: SHA-256 of its bytes, facts and index record of every contig. */

import { createHash, type Hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { FileError } from "../../errors.ts";
import { byteChunks } from "../../genome/byte-chunks.ts";
import type { ByteSource } from "../../genome/byte-source.ts";
import type { ContigFacts } from "../../genome/contig-facts.ts";
import type { FaiRecord } from "../../genome/fai.ts";
import { FastaScanner } from "../../genome/fasta-scanner.ts";
import { type FileFormat, fileFormat, SNIFFED_BYTES } from "../../genome/file-format.ts";
import { fastaText } from "../../genome/node-fasta-text.ts";
import { type FileSource, openFileSource } from "../../genome/node-file-source.ts";
import { genomeLoops } from "../../genome/node-native-loops.ts";
import { openTwoBit } from "../../genome/twobit-genome.ts";
import { FactsSink } from "./facts-sink.ts";
import { type FileState, fileState } from "./file-state.ts";

/** Bases of a .2bit file that are looked at between two turns of the event loop. */
const PIECE_BASES = 2 ** 20;

export interface ScannedFile extends FileState {
  readonly format: FileFormat;
  readonly sha256: string;
  readonly contigs: readonly ContigFacts[];
  /** Of contigs with bases, as a .fai lists them; none of a .2bit file, which is its own index. */
  readonly records: readonly FaiRecord[];
}

export interface ScanOptions {
  /** Told how many of the file's bytes are read. */
  readonly onProgress?: (bytes: number, of: number) => void;
  /** Aborts between two pieces, with the reason that is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a genome's file whole, FASTA plain or gzip, or 2bit, with constant memory.
 *
 * @throws {FileError} when it is missing or not readable, or changes while it is read
 * @throws {FastaError | TwoBitError | CompressionError} when it is damaged or no genome
 */
export async function scanGenomeFile(
  path: string,
  options: ScanOptions = {},
): Promise<ScannedFile> {
  if ((await sniffFormat(path)) === "2bit") return scanTwoBit(path, options);
  const text = scanText(path, options);
  for (;;) {
    const step = await text.next();
    if (step.done === true) return step.value;
  }
}

/** What a file holds, by its first bytes. @throws {FileError | FastaError} when it is not readable, or known to be no genome */
export async function sniffFormat(path: string): Promise<FileFormat> {
  const file = openFileSource(path);
  try {
    return sniff(file);
  } finally {
    await file.close();
  }
}

/**
 * Yields the text of a FASTA file; what the file holds is known when all of it was read, and returned then.
 * Each piece is valid until the next is asked for.
 *
 * @throws as `scanGenomeFile`
 */
export async function* scanText(
  path: string,
  options: ScanOptions = {},
): AsyncGenerator<Uint8Array, ScannedFile> {
  const file = openFileSource(path);
  try {
    const format = sniff(file);
    if (format === "2bit") throw new FileError(`${path}: expected FASTA, got 2bit`);
    const hash = createHash("sha256");
    const facts = new FactsSink();
    const loops = genomeLoops().bytes;
    const scanner = new FastaScanner(path, facts, { keepsCodes: true, loops });
    const bytes = hashed(file, hash, options);
    for await (const piece of fastaText(bytes, format, path, { bytes: file.size })) {
      scanner.push(piece);
      yield piece;
    }
    scanner.finish();
    return scannedFile(file, format, hash, facts);
  } finally {
    await file.close();
  }
}

async function scanTwoBit(path: string, options: ScanOptions): Promise<ScannedFile> {
  const file = openFileSource(path);
  try {
    const hash = createHash("sha256");
    for await (const _ of hashed(file, hash, options));
    const facts = new FactsSink();
    const { genome } = await openTwoBit(file);
    for (const { name, length } of genome.contigs) {
      for (let start = 0; start < length; start += PIECE_BASES) {
        const end = Math.min(length, start + PIECE_BASES);
        facts.bases(await genome.read({ contig: name, start, end }));
        await turn(options.signal);
      }
      facts.endContig(name);
    }
    return scannedFile(file, "2bit", hash, facts);
  } finally {
    await file.close();
  }
}

function sniff(file: FileSource): FileFormat {
  return fileFormat(file.readSync(0, Math.min(SNIFFED_BYTES, file.size)), file.name);
}

function scannedFile(
  file: FileSource,
  format: FileFormat,
  hash: Hash,
  { contigs, records }: FactsSink,
): ScannedFile {
  const { name: path, size: bytes, modifiedMs } = file;
  const now = fileState(path);
  if (now.bytes !== bytes || now.modifiedMs !== modifiedMs) {
    throw new FileError(
      `${path}: expected the file to stay as it is, but it changed while it was read: wait until it is complete, and repeat`,
    );
  }
  return { bytes, modifiedMs, format, sha256: hash.digest("hex"), contigs, records };
}

/** The bytes of a file, which `hash` is told too. */
async function* hashed(
  file: ByteSource,
  hash: Hash,
  { onProgress, signal }: ScanOptions,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of byteChunks(file)) {
    hash.update(piece);
    read += piece.length;
    yield piece;
    onProgress?.(read, file.size);
    await turn(signal);
  }
}

/** Files are read without waiting: signals need a turn of the event loop. */
async function turn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
