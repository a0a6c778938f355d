/** A BGZF stream cut into batches of whole blocks, by their headers and claimed lengths; nothing is inflated. */

import { CompressionError } from "../errors.ts";
import {
  announcedHeaderBytes,
  claimedLength,
  FIXED_HEADER_BYTES,
  isEofBlock,
  missingEof,
  parseBlockHeader,
} from "./bgzf-block.ts";
import { ByteQueue } from "./byte-queue.ts";

/** Least room for a batch, of blocks and of text: one block of each kind fits. */
export const LEAST_BATCH_BYTES: number = 2 ** 16;

/** Whole blocks at the start of a buffer. */
export interface BlockBatch {
  /** Bytes of the blocks. */
  readonly bytes: number;
  /** Where the first begins in the stream. */
  readonly offset: number;
}

export class BgzfFeeder {
  readonly #input: ByteQueue;
  readonly #file: string;
  /** Bytes taken from the stream behind the last batch. */
  #carried: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #hasEnded = false;
  #endsWell = false;

  /** @param file what messages call the stream */
  constructor(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, file: string) {
    this.#input = new ByteQueue(pieces);
    this.#file = file;
  }

  /**
   * Fills `into` with as many whole blocks as fit and hold at most `maxText` bytes of text; undefined at the end.
   *
   * @throws {CompressionError} when anything but whole BGZF blocks stands there
   */
  async fill(into: Uint8Array, maxText: number): Promise<BlockBatch | undefined> {
    const filled = await this.#take(into);
    if (filled === 0) return undefined;
    let at = 0;
    let text = 0;
    while (at < filled) {
      const block = this.#blockAt(into.subarray(at, filled), at);
      if (block === undefined) break;
      text += claimedLength(block, `${this.#file}, byte ${this.#offset + at}`);
      if (text > maxText) break;
      at += block.length;
      this.#endsWell = isEofBlock(block);
    }
    if (at < filled) this.#carried = into.slice(at, filled);
    const batch = { bytes: at, offset: this.#offset };
    this.#offset += at;
    return batch;
  }

  /** @throws {CompressionError} when the last block was not BGZF's end-of-file block */
  checkEnd(): void {
    if (!this.#endsWell) throw missingEof(this.#file);
  }

  /** Stops the stream. */
  async close(): Promise<void> {
    await this.#input.close();
  }

  /** Copies what was carried and what follows to `into`; returns the bytes. */
  async #take(into: Uint8Array): Promise<number> {
    const fits = Math.min(this.#carried.length, into.length);
    into.set(this.#carried.subarray(0, fits));
    this.#carried = this.#carried.subarray(fits);
    let filled = fits;
    while (filled < into.length && !this.#hasEnded) {
      const piece = await this.#input.next();
      if (piece === undefined) {
        this.#hasEnded = true;
        break;
      }
      const used = Math.min(piece.length, into.length - filled);
      into.set(piece.subarray(0, used), filled);
      if (used < piece.length) this.#input.putBack(piece.subarray(used));
      filled += used;
    }
    return filled;
  }

  /** The first block of `bytes`; undefined when it goes on behind them. */
  #blockAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
    const offset = this.#offset + at;
    const isWholeHeader =
      bytes.length >= FIXED_HEADER_BYTES && bytes.length >= announcedHeaderBytes(bytes);
    const header = isWholeHeader ? parseBlockHeader(bytes) : undefined;
    if (header === undefined && (isWholeHeader || this.#isLast(bytes))) {
      throw new CompressionError(
        `${this.#file}: expected a BGZF block at byte ${offset}, got something else (the file is damaged or has something appended: fetch it again)`,
      );
    }
    if (header === undefined) return undefined;
    if (header.blockBytes <= bytes.length) return bytes.subarray(0, header.blockBytes);
    if (!this.#isLast(bytes)) return undefined;
    throw new CompressionError(
      `${this.#file}: expected a BGZF block of ${header.blockBytes} bytes at byte ${offset}, got ${bytes.length} (the file is cut: fetch it again)`,
    );
  }

  /** Whether nothing follows `bytes`. */
  #isLast(bytes: Uint8Array): boolean {
    return this.#hasEnded && this.#carried.length === 0 && bytes.length > 0;
  }
}
