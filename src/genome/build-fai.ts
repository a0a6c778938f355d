/** The .fai of a FASTA, built in one pass over its text with constant memory. */

import type { ByteLoops } from "./byte-loops.ts";
import type { FaiRecord } from "./fai.ts";
import { FastaScanner, type FastaSink } from "./fasta-scanner.ts";

export interface BuiltFai {
  readonly records: readonly FaiRecord[];
  /** Names of contigs without bases, which the index leaves out as `samtools faidx` does. */
  readonly emptyContigs: readonly string[];
}

export interface BuildFaiOptions {
  /** Awaited after each piece, so that signals arrive between pieces that were read without waiting. */
  readonly turn?: () => Promise<void>;
  readonly loops?: ByteLoops;
}

/**
 * Builds the index that `samtools faidx` writes, and checks every letter on the way.
 *
 * @param file what messages call the text
 * @throws {FastaError} naming file, line and byte
 */
export async function buildFai(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  { turn, loops }: BuildFaiOptions = {},
): Promise<BuiltFai> {
  const records: FaiRecord[] = [];
  const emptyContigs: string[] = [];
  const sink: FastaSink = {
    contig: () => {},
    bases: () => {},
    end: (record) => {
      if (record.length === 0) emptyContigs.push(record.name);
      else records.push(record);
    },
  };
  const scanner = new FastaScanner(file, sink, { loops });
  for await (const piece of pieces) {
    scanner.push(piece);
    await turn?.();
  }
  scanner.finish();
  return { records, emptyContigs };
}
