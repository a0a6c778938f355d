/** A BGZF stream from front to back, where nothing but its next piece is to be had. */

import { BgzfFeeder, LEAST_BATCH_BYTES } from "./bgzf-feeder.ts";
import { decodeBlocks } from "./decode-blocks.ts";
import type { Inflate } from "./inflate.ts";

export interface BgzfStreamOptions {
  /** Take a stream without the 28-byte block that marks its end. */
  readonly allowMissingEof?: boolean | undefined;
}

/**
 * Yields the text of a BGZF stream; each piece is valid until the next is asked for.
 *
 * @param file what messages call the stream
 * @throws {CompressionError} when a block is damaged, or the stream does not end with BGZF's end-of-file block
 */
export async function* bgzfStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  inflate: Inflate,
  { allowMissingEof }: BgzfStreamOptions = {},
): AsyncGenerator<Uint8Array> {
  const feeder = new BgzfFeeder(pieces, file);
  const blocks = new Uint8Array(2 * LEAST_BATCH_BYTES);
  const text = new Uint8Array(4 * LEAST_BATCH_BYTES);
  try {
    for (;;) {
      const batch = await feeder.fill(blocks, text.length);
      if (batch === undefined) break;
      const { bytes, offset } = batch;
      const length = decodeBlocks(blocks.subarray(0, bytes), text, offset, file, inflate);
      if (length > 0) yield text.subarray(0, length);
    }
  } finally {
    await feeder.close();
  }
  if (allowMissingEof !== true) feeder.checkEnd();
}
