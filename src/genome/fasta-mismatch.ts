/** What is wrong where the text of a FASTA is not what its .fai says. */

import { FastaError, type GdiffError, IndexFileError } from "../errors.ts";
import { formatCount } from "../util/format.ts";
import { byteOfBase, type FaiRecord } from "./fai.ts";
import { describeBadBase } from "./nucleotide.ts";

const LF = 0x0a;
const CR = 0x0d;
const HEADER_MARK = 0x3e; // >
const REMEDY = "(the index belongs to another file: delete the .fai and it will be rebuilt)";

/**
 * Error for a read that stopped.
 *
 * @param bytes of the text, the first is that of base `start`
 * @param done bases that were right
 * @param file what messages call the text
 */
export function brokenLine(
  bytes: Uint8Array,
  record: FaiRecord,
  start: number,
  done: number,
  file: string,
): GdiffError {
  const position = start + done;
  const byteOffset = byteOfBase(record, position);
  const i = byteOffset - byteOfBase(record, start);
  const where = `${file}: ${record.name}:${formatCount(position + 1)}`;
  if (done > 0 && position % record.lineBases === 0) {
    const endBytes = record.lineWidth - record.lineBases;
    const isLineEnd = bytes[i - 1] === LF && (endBytes === 1 || bytes[i - 2] === CR);
    if (!isLineEnd) {
      return new IndexFileError(
        `${where}: expected a line end before it by its .fai, got something else ${REMEDY}`,
      );
    }
  }
  const byte = bytes[i] as number;
  const isLayout = byte === LF || byte === CR || byte === HEADER_MARK;
  if (!isLayout) return new FastaError(`${where}, byte ${byteOffset}: ${describeBadBase(byte)}`);
  const found = byte === HEADER_MARK ? "a header" : "a line end";
  return new IndexFileError(
    `${where}, byte ${byteOffset}: expected a base by its .fai, got ${found} ${REMEDY}`,
  );
}
