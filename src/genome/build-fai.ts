/** The .fai of a FASTA, built in one pass over its text with constant memory. */

import type { FaiRecord } from "./fai.ts";
import { FastaScanner } from "./fasta-scanner.ts";

export interface BuiltFai {
  readonly records: readonly FaiRecord[];
  /** Names of contigs without bases, which the index leaves out as `samtools faidx` does. */
  readonly emptyContigs: readonly string[];
}

/**
 * Builds the index that `samtools faidx` writes, and checks every letter on the way.
 *
 * @param file what messages call the text
 * @param turn awaited after each piece, so that signals arrive between pieces that were read without waiting
 * @throws {FastaError} naming file, line and byte
 */
export async function buildFai(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  turn?: () => Promise<void>,
): Promise<BuiltFai> {
  const records: FaiRecord[] = [];
  const emptyContigs: string[] = [];
  const scanner = new FastaScanner(file, {
    contig: () => {},
    bases: () => {},
    end: (record) => {
      if (record.length === 0) emptyContigs.push(record.name);
      else records.push(record);
    },
  });
  for await (const piece of pieces) {
    scanner.push(piece);
    await turn?.();
  }
  scanner.finish();
  return { records, emptyContigs };
}
