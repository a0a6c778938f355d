/** BGZF written by the format's description, independent of the reader under test. */

import { crc32, deflateRawSync } from "node:zlib";
import { bytesOf, concat } from "./fixtures.ts";

/** The 28 bytes of the SAM specification, section 4.1.2. */
export const EOF_HEX = "1f8b08040000000000ff0600424302001b0003000000000000000000";
export const EOF_BYTES: Uint8Array = Uint8Array.from(Buffer.from(EOF_HEX, "hex"));

/** One block; `before` and `after` are further subfields of the extra field. */
export function bgzfBlock(
  text: Uint8Array,
  before: Uint8Array = new Uint8Array(0),
  after: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const deflated = deflateRawSync(text);
  const extraBytes = before.length + 6 + after.length;
  const blockBytes = 12 + extraBytes + deflated.length + 8;
  const block = Buffer.alloc(blockBytes);
  block.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff]);
  block.writeUInt16LE(extraBytes, 10);
  block.set(before, 12);
  block.set([0x42, 0x43, 2, 0], 12 + before.length);
  block.writeUInt16LE(blockBytes - 1, 16 + before.length);
  block.set(after, 18 + before.length);
  block.set(deflated, 12 + extraBytes);
  block.writeUInt32LE(crc32(text), blockBytes - 8);
  block.writeUInt32LE(text.length, blockBytes - 4);
  return Uint8Array.from(block);
}

/** A whole file: blocks of `blockText` bytes, and the end-of-file block. */
export function bgzfFile(text: string, blockText: number): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(text);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += blockText) {
    blocks.push(bgzfBlock(bytes.subarray(at, at + blockText)));
  }
  return concat(...blocks, EOF_BYTES);
}
