import { type BgzfStreamOptions, bgzfStream } from "./bgzf-stream.ts";
import type { FileFormat } from "./file-format.ts";
import { decodeThreads } from "./node-decode-threads.ts";
import { gunzip } from "./node-gunzip.ts";
import { genomeLoops } from "./node-native-loops.ts";
import { parallelBgzf } from "./node-parallel-bgzf.ts";

export interface FastaTextOptions extends BgzfStreamOptions {
  /** Size of the file where it is known: a large BGZF file is decoded by several threads. */
  readonly bytes?: number;
}

/**
 * The text of a FASTA file from front to back, whatever its compression; each piece is valid until the next is asked for.
 *
 * @param pieces the file's bytes
 * @param file what messages call it
 * @throws {CompressionError} when the compressed stream is damaged
 */
export function fastaText(
  pieces: AsyncIterable<Uint8Array>,
  format: Exclude<FileFormat, "2bit">,
  file: string,
  { bytes = 0, allowMissingEof }: FastaTextOptions = {},
): AsyncIterable<Uint8Array> {
  switch (format) {
    case "text":
      return pieces;
    case "gzip":
      return gunzip(pieces, file);
    case "bgzf":
      return bgzfText(pieces, file, decodeThreads(bytes), { allowMissingEof });
    default:
      return format satisfies never;
  }
}

function bgzfText(
  pieces: AsyncIterable<Uint8Array>,
  file: string,
  threads: number,
  options: BgzfStreamOptions,
): AsyncIterable<Uint8Array> {
  if (threads > 0) return parallelBgzf(pieces, file, threads, options);
  return bgzfStream(pieces, file, genomeLoops().inflate, options);
}
