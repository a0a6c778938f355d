/** The text of a BGZF stream, its blocks decoded by several threads, in the order of the file, in bounded memory. */

import { setImmediate } from "node:timers/promises";
import { BgzfFeeder } from "./bgzf-feeder.ts";
import type { BgzfStreamOptions } from "./bgzf-stream.ts";
import { decodeBlocks } from "./decode-blocks.ts";
import { BgzfPool } from "./node-bgzf-pool.ts";
import { genomeLoops } from "./node-native-loops.ts";

/** Text of one batch: 16 blocks. */
const TEXT_BYTES = 2 ** 20;
/** Blocks of one batch; 16 of DNA have a quarter of their text. */
const BLOCK_BYTES = 3 * 2 ** 17;
/** Batches of a thread: one that it decodes, one that is used, and some that wait, for when the machine is busy. */
const BATCHES_A_THREAD = 6;

interface Slot {
  readonly blocks: Uint8Array;
  readonly text: Uint8Array;
}

/**
 * Yields the text of a BGZF stream; each piece, in shared memory, is valid until the next is asked for.
 *
 * @param file what messages call the stream
 * @param threads at least 1
 * @throws {CompressionError} when a block is damaged, or the stream does not end with BGZF's end-of-file block
 */
export async function* parallelBgzf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  threads: number,
  { allowMissingEof }: BgzfStreamOptions = {},
): AsyncGenerator<Uint8Array> {
  const feeder = new BgzfFeeder(pieces, file);
  const pool = new BgzfPool(threads, file);
  const free = Array.from({ length: threads * BATCHES_A_THREAD }, newSlot);
  const decoding: { readonly slot: Slot; readonly length: Promise<number> }[] = [];
  let hasEnded = false;
  try {
    for (;;) {
      while (!hasEnded) {
        const slot = free.pop();
        if (slot === undefined) break;
        const batch = await feeder.fill(slot.blocks, TEXT_BYTES);
        if (batch === undefined) hasEnded = true;
        else {
          const { bytes, offset } = batch;
          const blocks = slot.blocks.subarray(0, bytes);
          const length = pool.decode({ blocks, text: slot.text, offset });
          length?.catch(() => {}); // told when its turn comes
          decoding.push({ slot, length: length ?? decodeHere(blocks, slot.text, offset, file) });
          if (length === undefined) break; // used at once: no thread has begun
        }
      }
      const next = decoding.shift();
      if (next === undefined) break;
      const length = await next.length;
      if (length > 0) yield next.slot.text.subarray(0, length);
      free.push(next.slot);
    }
  } finally {
    await Promise.all([pool.close(), feeder.close()]);
  }
  if (allowMissingEof !== true) feeder.checkEnd();
}

/** Decodes a batch before the threads have begun, and lets them say so. */
async function decodeHere(
  blocks: Uint8Array,
  text: Uint8Array,
  offset: number,
  file: string,
): Promise<number> {
  const length = decodeBlocks(blocks, text, offset, file, genomeLoops().inflate);
  await setImmediate();
  return length;
}

function newSlot(): Slot {
  return {
    blocks: new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES)),
    text: new Uint8Array(new SharedArrayBuffer(TEXT_BYTES)),
  };
}
