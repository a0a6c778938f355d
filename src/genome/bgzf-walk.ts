/** The blocks of a BGZF file from one to the next, by their headers and claimed lengths; nothing is inflated. */

import { CompressionError } from "../errors.ts";
import {
  announcedHeaderBytes,
  claimedLength,
  EOF_BLOCK,
  FIXED_HEADER_BYTES,
  isEofBlock,
  missingEof,
  parseBlockHeader,
} from "./bgzf-block.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Gzi } from "./gzi.ts";

export interface WalkedBlock {
  /** Bytes from the start of the compressed file. */
  readonly offset: number;
  readonly blockBytes: number;
  /** Uncompressed bytes that its ISIZE claims. */
  readonly length: number;
}

/**
 * Yields every block from `from` to the end of the file.
 *
 * @throws {CompressionError} when anything but whole BGZF blocks stands there
 */
export async function* walkBlocks(source: ByteSource, from = 0): AsyncGenerator<WalkedBlock> {
  for (let offset = from; offset < source.size; ) {
    const blockBytes = await blockBytesAt(source, offset);
    const isize = await source.read(offset + blockBytes - 4, 4);
    yield { offset, blockBytes, length: claimedLength(isize, `${source.name}, byte ${offset}`) };
    offset += blockBytes;
  }
}

async function blockBytesAt(source: ByteSource, offset: number): Promise<number> {
  const left = source.size - offset;
  const usual = 18; // a header whose extra field is the BC subfield alone
  let bytes = await source.read(offset, Math.min(left, usual));
  if (bytes.length >= FIXED_HEADER_BYTES && announcedHeaderBytes(bytes) > usual) {
    bytes = await source.read(offset, Math.min(left, announcedHeaderBytes(bytes)));
  }
  const header = parseBlockHeader(bytes);
  if (header === undefined) {
    throw new CompressionError(
      `${source.name}: expected a BGZF block at byte ${offset}, got something else (the file is damaged or has something appended: fetch it again)`,
    );
  }
  if (header.blockBytes > left) {
    throw new CompressionError(
      `${source.name}: expected a BGZF block of ${header.blockBytes} bytes at byte ${offset}, got ${left} (the file is cut: fetch it again)`,
    );
  }
  return header.blockBytes;
}

/** Blocks between two turns of the event loop: a few milliseconds. */
const BLOCKS_A_TURN = 256;

/**
 * Builds the .gzi of a BGZF file.
 *
 * @param turn awaited now and then, so that signals arrive between blocks that were read without waiting
 * @throws {CompressionError} when the file is no sequence of whole BGZF blocks
 */
export async function buildGzi(source: ByteSource, turn?: () => Promise<void>): Promise<Gzi> {
  const compressed: number[] = [0];
  const uncompressed: number[] = [0];
  let text = 0;
  let blocks = 0;
  for await (const block of walkBlocks(source)) {
    if (block.length > 0 && text > 0) {
      compressed.push(block.offset);
      uncompressed.push(text);
    }
    text += block.length;
    blocks++;
    if (blocks % BLOCKS_A_TURN === 0) await turn?.();
  }
  return {
    compressed: Float64Array.from(compressed),
    uncompressed: Float64Array.from(uncompressed),
  };
}

/** @throws {CompressionError} when the last 28 bytes are not BGZF's end-of-file block */
export async function checkEofBlock(source: ByteSource): Promise<void> {
  const length = Math.min(source.size, EOF_BLOCK.length);
  const end = await source.read(source.size - length, length);
  if (!isEofBlock(end)) throw missingEof(source.name);
}
