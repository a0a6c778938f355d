/** One pass over a genome's file: SHA-256 of its bytes, facts and index record of every contig. */

import { createHash, type Hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { FileError } from "../../errors.ts";
import { byteChunks } from "../../genome/byte-chunks.ts";
import type { ByteSource } from "../../genome/byte-source.ts";
import { type ContigFacts, ContigTally } from "../../genome/contig-facts.ts";
import type { FaiRecord } from "../../genome/fai.ts";
import { FastaScanner } from "../../genome/fasta-scanner.ts";
import { type FileFormat, fileFormat, SNIFFED_BYTES } from "../../genome/file-format.ts";
import { fastaText } from "../../genome/node-fasta-text.ts";
import { openFileSource } from "../../genome/node-file-source.ts";
import { newMd5 } from "../../genome/node-md5.ts";
import { genomeLoops } from "../../genome/node-native-loops.ts";
import { openTwoBit } from "../../genome/twobit-genome.ts";

/** Bases of a .2bit file that are looked at between two turns of the event loop. */
const PIECE_BASES = 2 ** 20;

/** A file as it was at one time. */
export interface FileState {
  readonly bytes: number;
  /** Time of the last change, milliseconds. */
  readonly modifiedMs: number;
}

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
  readonly signal?: AbortSignal;
  /** Told the file's text, piece by piece; a piece is valid until what this returns has settled. */
  readonly onText?: (piece: Uint8Array) => Promise<void>;
}

/**
 * Reads a genome's file whole, FASTA plain or gzip, or 2bit, with constant memory.
 *
 * @throws {FileError} when it is missing or not readable, or changes while it is read
 * @throws {FastaError | TwoBitError | CompressionError} when it is damaged or no genome
 */
export async function scanGenomeFile(
  path: string,
  { onProgress, signal, onText }: ScanOptions = {},
): Promise<ScannedFile> {
  const file = openFileSource(path);
  try {
    const format = fileFormat(file.readSync(0, Math.min(SNIFFED_BYTES, file.size)), path);
    const hash = createHash("sha256");
    const facts = new FactsSink();
    const bytes = hashed(byteChunks(file), hash, async (read) => {
      onProgress?.(read, file.size);
      await setImmediate(); // files are read without waiting: signals need a turn
      signal?.throwIfAborted();
    });
    if (format === "2bit") {
      for await (const _ of bytes); // for its SHA-256
      await scanTwoBit(file, facts, signal);
    } else {
      const scanner = new FastaScanner(path, facts, {
        keepsCodes: true,
        loops: genomeLoops().bytes,
      });
      for await (const piece of fastaText(bytes, format, path, { bytes: file.size })) {
        scanner.push(piece);
        await onText?.(piece);
      }
      scanner.finish();
    }
    const state = { bytes: file.size, modifiedMs: file.modifiedMs };
    expectUnchanged(path, state);
    const { contigs, records } = facts;
    return { ...state, format, sha256: hash.digest("hex"), contigs, records };
  } finally {
    await file.close();
  }
}

/** Size and time of a file. @throws {FileError} when it is missing or no regular file */
export function fileState(path: string): FileState {
  const source = openFileSource(path);
  void source.close();
  return { bytes: source.size, modifiedMs: source.modifiedMs };
}

function expectUnchanged(path: string, before: FileState): void {
  const now = fileState(path);
  if (now.bytes === before.bytes && now.modifiedMs === before.modifiedMs) return;
  throw new FileError(
    `${path}: expected the file to stay as it is, but it changed while it was read: wait until it is complete, and repeat`,
  );
}

/** Tells `facts` of every contig of a .2bit file. */
async function scanTwoBit(
  file: ByteSource,
  facts: FactsSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { genome } = await openTwoBit(file);
  for (const { name, length } of genome.contigs) {
    facts.contig();
    for (let start = 0; start < length; start += PIECE_BASES) {
      const end = Math.min(length, start + PIECE_BASES);
      facts.bases(await genome.read({ contig: name, start, end }));
      await setImmediate();
      signal?.throwIfAborted();
    }
    facts.endContig(name);
  }
}

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  hash: Hash,
  turn: (read: number) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    read += piece.length;
    yield piece;
    await turn(read);
  }
}

/** Collects the facts of each contig. */
class FactsSink {
  readonly contigs: ContigFacts[] = [];
  readonly records: FaiRecord[] = [];
  #tally = new ContigTally(newMd5());

  contig(): void {
    this.#tally = new ContigTally(newMd5());
  }

  bases(letters: Uint8Array): void {
    this.#tally.add(letters);
  }

  end(record: FaiRecord): void {
    this.endContig(record.name);
    if (record.length > 0) this.records.push(record);
  }

  endContig(name: string): void {
    this.contigs.push(this.#tally.facts(name));
  }
}
