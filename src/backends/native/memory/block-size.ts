/** Sizes of the pool's blocks. */

const PAGE = 4096;

/** Sizes between one power of two and the next. */
const SIZES_AN_OCTAVE = 8;

/**
 * Bytes of the block that holds `bytes`: whole pages, eight sizes an octave, so a block is at most an eighth (or
 * a page) larger than what it holds and tensors of nearly the same size share a free list.
 */
export function blockBytes(bytes: number): number {
  const octave = 2 ** Math.floor(Math.log2(bytes));
  const step = Math.max(PAGE, octave / SIZES_AN_OCTAVE);
  return Math.ceil(bytes / step) * step;
}
