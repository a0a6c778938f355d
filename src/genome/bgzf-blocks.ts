import { IndexFileError } from "../errors.ts";
import { firstAbove } from "../util/first-above.ts";
import { formatBytes } from "../util/format.ts";
import { joinBytes } from "../util/join-bytes.ts";
import { decodeBlock, parseBlockHeader } from "./bgzf-block.ts";
import { BlockCache } from "./block-cache.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Gzi } from "./gzi.ts";
import type { Inflate } from "./inflate.ts";

/** Decoded text that is kept: 64 blocks of bgzip. */
const CACHED_BYTES = 2 ** 22;
/** Text between two index entries; bgzip's own is one block of at most 64 KiB. */
const MAX_SPAN_TEXT_BYTES = 2 ** 22;
/** Compressed bytes between two index entries; bgzip's own are one block and empty ones. */
const MAX_SPAN_BYTES = 2 ** 24;

/** The spans of a BGZF file between two entries of its .gzi, decoded when used, and the last ones kept. */
export class BgzfBlocks {
  readonly #file: Pick<ByteSource, "name" | "size">;
  readonly #inflate: Inflate;
  readonly #gzi: Gzi;
  readonly #textSize: number;
  readonly #cache = new BlockCache(CACHED_BYTES);

  /**
   * @param file the compressed file
   * @param textSize bytes of the whole text
   */
  constructor(
    file: Pick<ByteSource, "name" | "size">,
    inflate: Inflate,
    gzi: Gzi,
    textSize: number,
  ) {
    this.#file = file;
    this.#inflate = inflate;
    this.#gzi = gzi;
    this.#textSize = textSize;
  }

  /** Index of the span that holds byte `offset` of the text. */
  indexOf(offset: number): number {
    const starts = this.#gzi.uncompressed;
    return firstAbove(starts.length, (at) => starts[at] as number, offset) - 1;
  }

  /** The text of a span when it is kept. */
  kept(index: number): Uint8Array | undefined {
    return this.#cache.get(index);
  }

  /**
   * Byte and length of a span in the compressed file.
   *
   * @throws {IndexFileError} when the index leaves out more than a span may hold
   */
  span(index: number): [offset: number, length: number] {
    const offset = this.#gzi.compressed[index] as number;
    const length = (this.#gzi.compressed[index + 1] ?? this.#file.size) - offset;
    if (length > MAX_SPAN_BYTES) throw this.#mismatch(offset, `a span of ${length} bytes`);
    const textBytes = this.#textBytes(index);
    if (textBytes > MAX_SPAN_TEXT_BYTES) {
      throw new IndexFileError(
        `${this.#file.name}: expected at most ${formatBytes(MAX_SPAN_TEXT_BYTES)} of text between two entries of its .gzi, got ${formatBytes(textBytes)} at byte ${offset} (delete the .gzi and it will be rebuilt)`,
      );
    }
    return [offset, length];
  }

  /**
   * Decodes the bytes of a span and keeps the text.
   *
   * @throws {CompressionError} when a block is damaged
   * @throws {IndexFileError} when the index is wrong about the span
   */
  decode(index: number, bytes: Uint8Array): Uint8Array {
    const offset = this.#gzi.compressed[index] as number;
    const expected = this.#textBytes(index);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let at = 0; at < bytes.length; ) {
      const header = parseBlockHeader(bytes.subarray(at));
      if (header === undefined || at + header.blockBytes > bytes.length) {
        throw this.#mismatch(offset + at, "something else");
      }
      const block = bytes.subarray(at, at + header.blockBytes);
      const where = `${this.#file.name}, byte ${offset + at}`;
      const part = decodeBlock(block, header, this.#inflate, where);
      parts.push(part);
      length += part.length;
      at += header.blockBytes;
      if (length > expected) break; // before it fills the memory
    }
    if (length !== expected) {
      throw this.#mismatch(offset, `a block of ${length} bytes where it says ${expected}`);
    }
    const text = joinBytes(parts);
    this.#cache.set(index, text);
    return text;
  }

  /** Copies what a span's text has from byte `offset` of the whole text on to `out` at `at`; returns how much. */
  copy(index: number, text: Uint8Array, offset: number, out: Uint8Array, at: number): number {
    const from = offset - (this.#gzi.uncompressed[index] as number);
    const count = Math.min(text.length - from, out.length - at);
    out.set(text.subarray(from, from + count), at);
    return count;
  }

  #textBytes(index: number): number {
    const start = this.#gzi.uncompressed[index] as number;
    return (this.#gzi.uncompressed[index + 1] ?? this.#textSize) - start;
  }

  #mismatch(offset: number, found: string): IndexFileError {
    return new IndexFileError(
      `${this.#file.name}: expected a BGZF block at byte ${offset} by its .gzi, got ${found} (the index belongs to another file, or the file is damaged: delete the .gzi and it will be rebuilt)`,
    );
  }
}
