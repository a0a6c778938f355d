/** The text of a BGZF file as a byte source: offsets are those of the text, each block is checked when it is decoded. */

import { CompressionError, IndexFileError } from "../errors.ts";
import { decodeBlock, parseBlockHeader } from "./bgzf-block.ts";
import { buildGzi, checkEofBlock, walkBlocks } from "./bgzf-walk.ts";
import { BlockCache } from "./block-cache.ts";
import { type ByteSource, checkByteRange } from "./byte-source.ts";
import type { Gzi } from "./gzi.ts";
import type { Inflate } from "./inflate.ts";

/** Decoded blocks kept: 64 × 64 KiB = 4 MiB. */
const CACHED_BLOCKS = 64;
/** Compressed bytes between two index entries; bgzip's own are at most one block and empty ones. */
const MAX_SPAN_BYTES = 2 ** 24;

export interface BgzfOptions {
  /** Without it, one is built from the block headers. */
  readonly gzi?: Gzi;
  /** Take a file without the 28-byte block that marks its end. */
  readonly allowMissingEof?: boolean;
}

export interface BgzfSource extends ByteSource {
  readonly gzi: Gzi;
}

/**
 * Opens the text of `inner`; closing it closes `inner`.
 *
 * @throws {CompressionError} when the end-of-file block is missing, or what stands after the last indexed block is not BGZF
 */
export async function openBgzf(
  inner: ByteSource,
  inflate: Inflate,
  options: BgzfOptions = {},
): Promise<BgzfSource> {
  if (options.allowMissingEof !== true) await checkEofBlock(inner);
  const gzi = options.gzi ?? (await buildGzi(inner));
  const size = await textSize(inner, gzi);
  const blocks = new BgzfBlocks(inner, inflate, gzi, size);
  const where = { name: inner.name, size };

  const source: BgzfSource = {
    ...where,
    gzi,
    async read(offset, length, into) {
      if (source.readSync !== undefined) return source.readSync(offset, length, into);
      checkByteRange(where, offset, length);
      const out = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
      for (let done = 0; done < length; ) {
        const index = blocks.indexOf(offset + done);
        const block =
          blocks.cached(index) ?? blocks.decode(index, await inner.read(...blocks.span(index)));
        done += copyBlock(block, offset + done - blocks.start(index), out, done);
      }
      return out;
    },
    close: () => inner.close(),
  };
  const readInner = inner.readSync?.bind(inner);
  if (readInner === undefined) return source;

  source.readSync = (offset, length, into) => {
    checkByteRange(where, offset, length);
    const out = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
    for (let done = 0; done < length; ) {
      const index = blocks.indexOf(offset + done);
      const block = blocks.cached(index) ?? blocks.decode(index, readInner(...blocks.span(index)));
      done += copyBlock(block, offset + done - blocks.start(index), out, done);
    }
    return out;
  };
  return source;
}

function copyBlock(block: Uint8Array, from: number, out: Uint8Array, at: number): number {
  const count = Math.min(block.length - from, out.length - at);
  out.set(block.subarray(from, from + count), at);
  return count;
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

/** Spans of the compressed file between two index entries, each one block and any empty ones. */
class BgzfBlocks {
  readonly #inner: ByteSource;
  readonly #inflate: Inflate;
  readonly #gzi: Gzi;
  readonly #size: number;
  readonly #cache = new BlockCache(CACHED_BLOCKS);

  constructor(inner: ByteSource, inflate: Inflate, gzi: Gzi, size: number) {
    this.#inner = inner;
    this.#inflate = inflate;
    this.#gzi = gzi;
    this.#size = size;
  }

  /** Index of the span that holds byte `offset` of the text. */
  indexOf(offset: number): number {
    const starts = this.#gzi.uncompressed;
    let low = 0;
    let high = starts.length; // starts[low] <= offset < starts[high]
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  start(index: number): number {
    return this.#gzi.uncompressed[index] as number;
  }

  cached(index: number): Uint8Array | undefined {
    return this.#cache.get(index);
  }

  /** Offset and bytes of a span in the compressed file. */
  span(index: number): [offset: number, length: number] {
    const offset = this.#gzi.compressed[index] as number;
    const length = (this.#gzi.compressed[index + 1] ?? this.#inner.size) - offset;
    if (length > MAX_SPAN_BYTES) throw this.#mismatch(offset, `a span of ${length} bytes`);
    return [offset, length];
  }

  /** Decodes the bytes of a span, checks that the index is right about it, and keeps the text. */
  decode(index: number, bytes: Uint8Array): Uint8Array {
    const offset = this.#gzi.compressed[index] as number;
    const expected = (this.#gzi.uncompressed[index + 1] ?? this.#size) - this.start(index);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const header = parseBlockHeader(bytes.subarray(at));
      if (header === undefined || at + header.blockBytes > bytes.length) {
        throw this.#mismatch(offset + at, "something else");
      }
      const block = bytes.subarray(at, at + header.blockBytes);
      const where = `${this.#inner.name}, byte ${offset + at}`;
      parts.push(decodeBlock(block, header, this.#inflate, where));
      at += header.blockBytes;
    }
    const text = join(parts);
    if (text.length !== expected) {
      throw this.#mismatch(offset, `a block of ${text.length} bytes where it says ${expected}`);
    }
    this.#cache.set(index, text);
    return text;
  }

  #mismatch(offset: number, found: string): IndexFileError {
    return new IndexFileError(
      `${this.#inner.name}: expected a BGZF block at byte ${offset} by its .gzi, got ${found} (the index belongs to another file, or the file is damaged: delete the .gzi and it will be rebuilt)`,
    );
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  const [first] = filled;
  if (filled.length === 1 && first !== undefined) return first;
  const text = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    text.set(part, at);
    at += part.length;
  }
  return text;
}
