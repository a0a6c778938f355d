/** A BGZF stream from front to back, where nothing but its next piece is to be had. */

import { CompressionError } from "../errors.ts";
import {
  announcedHeaderBytes,
  decodeBlock,
  EOF_BLOCK,
  FIXED_HEADER_BYTES,
  parseBlockHeader,
} from "./bgzf-block.ts";
import { ByteQueue } from "./byte-queue.ts";
import type { Inflate } from "./inflate.ts";

/**
 * Yields the text of a BGZF stream, a block at a time.
 *
 * @param file what messages call the stream
 * @throws {CompressionError} when a block is damaged, or the stream does not end with BGZF's end-of-file block
 */
export async function* bgzfStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  inflate: Inflate,
): AsyncGenerator<Uint8Array> {
  const input = new ByteQueue(pieces);
  let last: Uint8Array | undefined;
  try {
    for (;;) {
      const offset = input.position;
      const block = await takeBlock(input, file);
      if (block === undefined) break;
      last = block;
      const header = parseBlockHeader(block);
      if (header === undefined) throw noBlock(file, offset);
      const text = decodeBlock(block, header, inflate, `${file}, byte ${offset}`);
      if (text.length > 0) yield text;
    }
  } finally {
    await input.close();
  }
  const isEof = last?.length === EOF_BLOCK.length && last.every((byte, i) => byte === EOF_BLOCK[i]);
  if (!isEof) {
    throw new CompressionError(
      `${file}: expected BGZF's end-of-file block in the last 28 bytes, got something else (the file is cut or has something appended: fetch it again; if it was made so, recompress it: gunzip, then bgzip)`,
    );
  }
}

/** The bytes of the next block; undefined at the end of the stream. */
async function takeBlock(input: ByteQueue, file: string): Promise<Uint8Array | undefined> {
  const offset = input.position;
  const fixed = await input.take(FIXED_HEADER_BYTES);
  if (fixed.length === 0) return undefined;
  if (fixed.length < FIXED_HEADER_BYTES) throw noBlock(file, offset);
  const extra = await input.take(announcedHeaderBytes(fixed) - FIXED_HEADER_BYTES);
  const header = parseBlockHeader(joined(fixed, extra));
  if (header === undefined) throw noBlock(file, offset);
  const rest = await input.take(header.blockBytes - header.headerBytes);
  const block = joined(joined(fixed, extra), rest);
  if (block.length === header.blockBytes) return block;
  throw new CompressionError(
    `${file}: expected a BGZF block of ${header.blockBytes} bytes at byte ${offset}, got ${block.length} (the file is cut: fetch it again)`,
  );
}

function noBlock(file: string, offset: number): CompressionError {
  return new CompressionError(
    `${file}: expected a BGZF block at byte ${offset}, got something else (the file is damaged or has something appended: fetch it again)`,
  );
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
