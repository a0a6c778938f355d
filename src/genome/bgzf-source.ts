/** The text of a BGZF file as a byte source: offsets are those of the text, each block is checked when it is decoded. */

import { CompressionError } from "../errors.ts";
import { BgzfBlocks } from "./bgzf-blocks.ts";
import { buildGzi, checkEofBlock, walkBlocks } from "./bgzf-walk.ts";
import { type ByteSource, checkByteRange } from "./byte-source.ts";
import type { Gzi } from "./gzi.ts";
import type { Inflate } from "./inflate.ts";

export interface BgzfOptions {
  /** Without it, one is built from the block headers. */
  readonly gzi?: Gzi;
  /** Take a file without the 28-byte block that marks its end. */
  readonly allowMissingEof?: boolean;
}

/** Spans of one read that are held at the same time: 4 MiB of bgzip's text. */
const SPANS_AT_ONCE = 64;

/**
 * Opens the text of `inner`, with `readSync` where `inner` has it; closing it closes `inner`.
 *
 * @throws {CompressionError} when the end-of-file block is missing, or what stands after the last indexed block is not BGZF
 */
export async function openBgzf(
  inner: ByteSource,
  inflate: Inflate,
  options: BgzfOptions = {},
): Promise<ByteSource> {
  if (options.allowMissingEof !== true) await checkEofBlock(inner);
  const gzi = options.gzi ?? (await buildGzi(inner));
  const where = { name: inner.name, size: await textSize(inner, gzi) };
  const blocks = new BgzfBlocks(inner, inflate, gzi, where.size);
  const room = (offset: number, length: number, into?: Uint8Array): Uint8Array => {
    checkByteRange(where, offset, length);
    return into === undefined ? new Uint8Array(length) : into.subarray(0, length);
  };
  const close = (): Promise<void> => inner.close();

  const readInner = inner.readSync?.bind(inner);
  if (readInner !== undefined) {
    const readSync = (offset: number, length: number, into?: Uint8Array): Uint8Array => {
      const out = room(offset, length, into);
      for (let done = 0; done < length; ) {
        const index = blocks.indexOf(offset + done);
        const text = blocks.kept(index) ?? blocks.decode(index, readInner(...blocks.span(index)));
        done += blocks.copy(index, text, offset + done, out, done);
      }
      return out;
    };
    return { ...where, close, readSync, read: async (...range) => readSync(...range) };
  }
  return {
    ...where,
    close,
    async read(offset, length, into) {
      const out = room(offset, length, into);
      for (let done = 0; done < length; ) {
        const first = blocks.indexOf(offset + done);
        const end = Math.min(first + SPANS_AT_ONCE, blocks.indexOf(offset + length - 1) + 1);
        // Asked for together, so that a distant source can fetch them together.
        const texts = await Promise.all(
          Array.from({ length: end - first }, async (_, i) => {
            const index = first + i;
            const kept = blocks.kept(index);
            return kept ?? blocks.decode(index, await inner.read(...blocks.span(index)));
          }),
        );
        for (const [i, text] of texts.entries()) {
          done += blocks.copy(first + i, text, offset + done, out, done);
        }
      }
      return out;
    },
  };
}

async function textSize(inner: ByteSource, gzi: Gzi): Promise<number> {
  let size = gzi.uncompressed.at(-1) as number;
  try {
    for await (const block of walkBlocks(inner, gzi.compressed.at(-1))) size += block.length;
  } catch (cause) {
    if (!(cause instanceof CompressionError) || gzi.compressed.length === 1) throw cause;
    throw new CompressionError(`${cause.message}; or its .gzi belongs to another file: delete it`, {
      cause,
    });
  }
  return size;
}
