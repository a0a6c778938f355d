/** What a file holds, by its first bytes and never by its name. */

import { FastaError } from "../errors.ts";
import { parseBlockHeader } from "./bgzf-block.ts";
import { TWOBIT_MAGIC } from "./twobit-header.ts";

export type FileFormat = "text" | "gzip" | "bgzf" | "2bit";

/** Bytes that tell the formats apart. */
export const SNIFFED_BYTES = 512;

/** Formats that look like what people have, with what to do about each. */
const REFUSED: readonly (readonly [magic: readonly number[], kind: string, remedy: string])[] = [
  [[0x42, 0x5a, 0x68], "bzip2", "recompress it: bunzip2, then bgzip"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz", "recompress it: unxz, then bgzip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd", "recompress it: unzstd, then bgzip"],
  [[0x50, 0x4b, 0x03, 0x04], "zip", "unpack it: unzip, then bgzip"],
];

/**
 * Returns the format that `head`, the first bytes of a file, begins.
 *
 * @param file what messages call it
 * @throws {FastaError} when the file is empty, or of a format known not to be FASTA
 */
export function fileFormat(head: Uint8Array, file: string): FileFormat {
  if (head.length === 0) {
    throw new FastaError(`${file}: expected at least one sequence, but the file is empty`);
  }
  const begins = (magic: readonly number[]): boolean => magic.every((byte, i) => head[i] === byte);
  for (const [magic, kind, remedy] of REFUSED) {
    if (!begins(magic)) continue;
    throw new FastaError(
      `${file}: expected FASTA, plain or gzip, or 2bit, got ${kind} (${remedy})`,
    );
  }
  if (TWOBIT_MAGIC.some(begins)) return "2bit";
  if (head[0] !== 0x1f || head[1] !== 0x8b) return "text";
  return parseBlockHeader(head) === undefined ? "gzip" : "bgzf";
}
