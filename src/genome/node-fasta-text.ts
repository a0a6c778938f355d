import { bgzfStream } from "./bgzf-stream.ts";
import type { FileFormat } from "./file-format.ts";
import { gunzip } from "./node-gunzip.ts";
import { genomeLoops } from "./node-native-loops.ts";

/**
 * The text of a FASTA file from front to back, whatever its compression.
 *
 * @param pieces the file's bytes
 * @param file what messages call it
 * @throws {CompressionError} when the compressed stream is damaged
 */
export function fastaText(
  pieces: AsyncIterable<Uint8Array>,
  format: Exclude<FileFormat, "2bit">,
  file: string,
): AsyncIterable<Uint8Array> {
  switch (format) {
    case "text":
      return pieces;
    case "gzip":
      return gunzip(pieces, file);
    case "bgzf":
      return bgzfStream(pieces, file, genomeLoops().inflate);
    default:
      return format satisfies never;
  }
}
