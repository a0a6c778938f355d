/**
 * The .gzi index of a BGZF file, as bgzip writes it, little-endian:
 *
 *     count 8 | count × (compressed offset 8, uncompressed offset 8)
 *
 * The first block, at 0 and 0, is not listed; empty blocks are not listed either.
 */

import { IndexFileError } from "../errors.ts";

/** Struct of arrays, because hg38 has 49,000 blocks: block `i` starts at both `[i]`; `[0]` is 0. */
export interface Gzi {
  /** Bytes in the compressed file. */
  readonly compressed: Float64Array;
  /** Bytes in the text. */
  readonly uncompressed: Float64Array;
}

const ENTRY_BYTES = 16;
const COUNT_BYTES = 8;
/** 2^26 blocks are 4 TiB of text. */
const MAX_BLOCKS = 2 ** 26;
/** Header and footer. */
const LEAST_BLOCK_BYTES = 26;

/** Largest .gzi that is read, in bytes, for a BGZF file of `compressedBytes`. */
export function maxGziBytes(compressedBytes: number): number {
  const blocks = Math.floor(compressedBytes / LEAST_BLOCK_BYTES);
  return COUNT_BYTES + Math.min(blocks, MAX_BLOCKS) * ENTRY_BYTES;
}

/**
 * Parses a .gzi.
 *
 * @param compressedBytes size of the BGZF file it belongs to
 * @throws {IndexFileError} when its length and count disagree, offsets do not rise, or lie outside the file
 */
export function parseGzi(bytes: Uint8Array, name: string, compressedBytes: number): Gzi {
  const refuse = (what: string): never => {
    throw new IndexFileError(`${name}: ${what} (delete it and it will be rebuilt)`);
  };
  if (bytes.length < COUNT_BYTES) refuse(`expected at least 8 bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Number(view.getBigUint64(0, true));
  const expectedBytes = COUNT_BYTES + count * ENTRY_BYTES;
  if (bytes.length !== expectedBytes) {
    refuse(`expected ${expectedBytes} bytes for ${count} blocks, got ${bytes.length}`);
  }
  const compressed = new Float64Array(count + 1);
  const uncompressed = new Float64Array(count + 1);
  for (let i = 1; i <= count; i++) {
    const at = COUNT_BYTES + (i - 1) * ENTRY_BYTES;
    compressed[i] = Number(view.getBigUint64(at, true));
    uncompressed[i] = Number(view.getBigUint64(at + 8, true));
    const rises =
      (compressed[i] as number) > (compressed[i - 1] as number) &&
      (uncompressed[i] as number) > (uncompressed[i - 1] as number);
    if (!rises) refuse(`expected rising offsets, but entry ${i} is not above the one before`);
    if ((compressed[i] as number) >= compressedBytes) {
      refuse(
        `expected offsets inside the file of ${compressedBytes} bytes, but entry ${i} is ${compressed[i]}`,
      );
    }
  }
  return { compressed, uncompressed };
}

/** The bytes of a .gzi, equal to what `bgzip -r` writes. */
export function formatGzi(gzi: Gzi): Uint8Array {
  const count = gzi.compressed.length - 1;
  const bytes = new Uint8Array(COUNT_BYTES + count * ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(count), true);
  for (let i = 1; i <= count; i++) {
    const at = COUNT_BYTES + (i - 1) * ENTRY_BYTES;
    view.setBigUint64(at, BigInt(gzi.compressed[i] as number), true);
    view.setBigUint64(at + 8, BigInt(gzi.uncompressed[i] as number), true);
  }
  return bytes;
}
