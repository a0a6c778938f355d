import { CompressionError } from "../errors.ts";
import { decodeBlock, parseBlockHeader } from "./bgzf-block.ts";
import type { Inflate } from "./inflate.ts";

/**
 * Decodes whole BGZF blocks, one behind the other, and checks each one's CRC32 and ISIZE.
 *
 * @param out where the text goes; the blocks claim no more than fits
 * @param offset byte of the first block in the file, for messages
 * @returns bytes of text
 * @throws {CompressionError} when a block is damaged
 */
export function decodeBlocks(
  blocks: Uint8Array,
  out: Uint8Array,
  offset: number,
  file: string,
  inflate: Inflate,
): number {
  let length = 0;
  for (let at = 0; at < blocks.length; ) {
    const where = `${file}, byte ${offset + at}`;
    const rest = blocks.subarray(at);
    const header = parseBlockHeader(rest);
    if (header === undefined) throw new CompressionError(`internal: ${where}: expected a block`);
    const block = rest.subarray(0, header.blockBytes);
    length += decodeBlock(block, header, inflate, where, out.subarray(length)).length;
    at += header.blockBytes;
  }
  return length;
}
