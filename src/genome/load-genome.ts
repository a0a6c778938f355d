/** A genome that can only be read from front to back, such as one in plain gzip, held in memory. */

import { FastaError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import { shellWord } from "../util/shell-word.ts";
import type { ByteLoops } from "./byte-loops.ts";
import type { Genome } from "./genome.ts";
import { type MemoryContig, memoryGenome } from "./memory-genome.ts";
import { streamFasta } from "./stream-fasta.ts";

/** Bases held in memory; chromosome 1 of the human genome fits, the genome does not. */
export const MAX_BASES_IN_MEMORY: number = 2 ** 28;

export interface LoadedGenome {
  readonly genome: Genome;
  /** Names of contigs without bases, which are left out. */
  readonly emptyContigs: readonly string[];
}

/**
 * Reads FASTA text into memory.
 *
 * @param file what messages call it
 * @param maxBases bases beyond this are refused
 * @throws {FastaError} when the text is no FASTA of DNA, or too long
 */
export async function loadGenome(
  text: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  maxBases: number = MAX_BASES_IN_MEMORY,
  loops?: ByteLoops,
): Promise<LoadedGenome> {
  const contigs: MemoryContig[] = [];
  const emptyContigs: string[] = [];
  let pieces: Uint8Array[] = [];
  let total = 0;
  for await (const event of streamFasta(text, file, { loops })) {
    switch (event.kind) {
      case "contig":
        pieces = [];
        break;
      case "bases":
        total += event.bases.length;
        if (total > maxBases) throw tooLong(file, maxBases);
        pieces.push(event.bases);
        break;
      case "end":
        if (event.record.length === 0) emptyContigs.push(event.record.name);
        else contigs.push({ name: event.record.name, bases: join(pieces, event.record.length) });
        break;
      default:
        event satisfies never;
    }
  }
  return { genome: memoryGenome(file, contigs), emptyContigs };
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bases = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bases.set(piece, at);
    at += piece.length;
  }
  return bases;
}

function tooLong(file: string, maxBases: number): FastaError {
  return new FastaError(
    `${file}: plain gzip cannot be read by position, and its more than ${formatCount(maxBases)} bases are too many for memory ("gdiff data index ${shellWord(file)}" makes it bgzip, once)`,
  );
}
