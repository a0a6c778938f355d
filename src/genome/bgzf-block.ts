/**
 * One BGZF block: a gzip member of at most 64 KiB, before and after, whose extra field says how long it is
 * (SAM specification, section 4.1).
 *
 *     1f 8b 08 04 | mtime 4 | xfl os | XLEN 2 | … "BC" 02 00 BSIZE−1 … | deflate | CRC32 4 | ISIZE 4
 */

import { CompressionError } from "../errors.ts";
import type { Inflate } from "./inflate.ts";

/** Largest block, compressed or not, in bytes. */
const MAX_BLOCK_BYTES = 65536;
/** Bytes before the extra field's subfields. */
export const FIXED_HEADER_BYTES = 12;
const TRAILER_BYTES = 8;
const FEXTRA_ONLY = 4;

/** The empty block that ends a complete file. */
export const EOF_BLOCK: Uint8Array = /* @__PURE__ */ Uint8Array.from([
  0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0,
  0,
]);

export interface BlockHeader {
  /** Bytes of the whole block, header and trailer included. */
  readonly blockBytes: number;
  /** Bytes before the deflate stream. */
  readonly headerBytes: number;
}

/** Parses the header at the start of `bytes`; undefined when it is cut or is no BGZF block's. */
export function parseBlockHeader(bytes: Uint8Array): BlockHeader | undefined {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
  if (bytes.length < FIXED_HEADER_BYTES || !isGzip || bytes[3] !== FEXTRA_ONLY) return undefined;
  const headerBytes = FIXED_HEADER_BYTES + uint16(bytes, 10);
  if (bytes.length < headerBytes) return undefined;

  for (let at = FIXED_HEADER_BYTES; at + 4 <= headerBytes; ) {
    const fieldBytes = uint16(bytes, at + 2);
    const isBc = bytes[at] === 0x42 && bytes[at + 1] === 0x43 && fieldBytes === 2;
    if (isBc && at + 6 <= headerBytes) {
      const blockBytes = uint16(bytes, at + 4) + 1;
      return blockBytes >= headerBytes + TRAILER_BYTES ? { blockBytes, headerBytes } : undefined;
    }
    at += 4 + fieldBytes;
  }
  return undefined;
}

/** Bytes that the header's length field announces before the deflate stream; `bytes` has at least 12. */
export function announcedHeaderBytes(bytes: Uint8Array): number {
  return FIXED_HEADER_BYTES + uint16(bytes, 10);
}

/**
 * Inflates one whole block and checks its CRC32 and ISIZE.
 *
 * @param block exactly the bytes of the block
 * @param where file and byte offset, for messages
 * @param into where the text goes, when given
 * @throws {CompressionError} when the deflate stream, the CRC32 or the ISIZE is wrong
 */
export function decodeBlock(
  block: Uint8Array,
  header: BlockHeader,
  inflate: Inflate,
  where: string,
  into?: Uint8Array,
): Uint8Array {
  const trailer = block.length - TRAILER_BYTES;
  const expectedCrc = uint32(block, trailer);
  const expectedLength = claimedLength(block, where);
  let bytes: Uint8Array;
  try {
    bytes = inflate.inflateRaw(block.subarray(header.headerBytes, trailer), expectedLength, into);
  } catch (cause) {
    throw new CompressionError(`${where}: the BGZF block cannot be inflated ${REMEDY}`, { cause });
  }
  if (bytes.length !== expectedLength) {
    throw new CompressionError(
      `${where}: expected ${expectedLength} bytes by the BGZF block's ISIZE, got ${bytes.length} ${REMEDY}`,
    );
  }
  const crc = inflate.crc32(bytes);
  if (crc !== expectedCrc) {
    throw new CompressionError(
      `${where}: expected CRC32 ${hex(expectedCrc)} of the BGZF block, got ${hex(crc)} ${REMEDY}`,
    );
  }
  return bytes;
}

/**
 * Uncompressed length that the last four bytes of `block` claim.
 *
 * @throws {CompressionError} when it is more than a block may hold
 */
export function claimedLength(block: Uint8Array, where: string): number {
  const length = uint32(block, block.length - 4);
  if (length <= MAX_BLOCK_BYTES) return length;
  throw new CompressionError(
    `${where}: expected a BGZF block of at most ${MAX_BLOCK_BYTES} bytes, got ISIZE ${length} ${REMEDY}`,
  );
}

/** Whether `block` is BGZF's end-of-file block. */
export function isEofBlock(block: Uint8Array): boolean {
  return block.length === EOF_BLOCK.length && block.every((byte, i) => byte === EOF_BLOCK[i]);
}

/** The failure of a file that does not end with it. */
export function missingEof(file: string): CompressionError {
  return new CompressionError(
    `${file}: expected BGZF's end-of-file block in the last 28 bytes, got something else (the file is cut or has something appended: fetch it again; if it was made so, recompress it: gunzip, then bgzip)`,
  );
}

const REMEDY = "(the file is damaged: fetch it again)";

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

function uint32(bytes: Uint8Array, at: number): number {
  return (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0;
}
