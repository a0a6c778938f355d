/** One pass over a genome's text: bases checked, encoded, soft-mask kept, index records made. */

import { byteChunks } from "../../src/genome/byte-chunks.ts";
import type { FaiRecord } from "../../src/genome/fai.ts";
import { FastaScanner } from "../../src/genome/fasta-scanner.ts";
import { fileFormat, SNIFFED_BYTES } from "../../src/genome/file-format.ts";
import { fastaText } from "../../src/genome/node-fasta-text.ts";
import { openFileSource } from "../../src/genome/node-file-source.ts";
import { genomeLoops } from "../../src/genome/node-native-loops.ts";

export interface Pass {
  /** Bytes of text, decompressed. */
  readonly textBytes: number;
  readonly bases: number;
  readonly records: readonly FaiRecord[];
}

/**
 * Reads a FASTA file whole, as `gdiff data` does, without digests.
 *
 * @param onText told the bytes of text so far, after each piece
 */
export async function passOver(path: string, onText?: (bytes: number) => void): Promise<Pass> {
  const file = openFileSource(path);
  const format = fileFormat(file.readSync(0, Math.min(SNIFFED_BYTES, file.size)), path);
  if (format === "2bit") throw new RangeError(`internal: expected FASTA, got ${path}`);
  const { bytes: loops } = genomeLoops();
  let ids = new Uint8Array(0);
  let isSoftMasked = new Uint8Array(0);
  let bases = 0;
  let textBytes = 0;
  const records: FaiRecord[] = [];
  const scanner = new FastaScanner(
    path,
    {
      contig: () => {},
      bases(letters) {
        if (ids.length < letters.length) {
          ids = new Uint8Array(letters.length);
          isSoftMasked = new Uint8Array(letters.length);
        }
        bases += loops.encode(letters, ids, isSoftMasked);
      },
      end: (record) => records.push(record),
    },
    { loops },
  );
  const pieces = byteChunks(file, PIECE_BYTES);
  for await (const piece of fastaText(pieces, format, path, { bytes: file.size })) {
    scanner.push(piece);
    textBytes += piece.length;
    onText?.(textBytes);
  }
  scanner.finish();
  await file.close();
  return { textBytes, bases, records };
}

/** Fits the second-level cache with what is made of it. */
const PIECE_BYTES = 2 ** 18;
