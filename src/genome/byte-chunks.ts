/** A byte source from its first byte to its last, in pieces. */

import type { ByteSource } from "./byte-source.ts";

const CHUNK_BYTES = 2 ** 20;

/** Yields the bytes of `source` in order; each piece is valid until the next is asked for. */
export async function* byteChunks(
  source: ByteSource,
  chunkBytes: number = CHUNK_BYTES,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(chunkBytes, source.size));
  for (let offset = 0; offset < source.size; offset += chunkBytes) {
    yield await source.read(offset, Math.min(chunkBytes, source.size - offset), buffer);
  }
}
