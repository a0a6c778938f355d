/**
 * Sums over blocks of sequences: what most measures are made of. A resampling draws whole blocks, so that it costs as much for
 * a million sequences as for some hundred; of fewer sequences than blocks each is its own.
 */

/** Blocks of an arm, at most: a power of two. */
export const MOST_BLOCKS = 128;

/** Blocks of an arm of `size` sequences. */
export function blockCount(size: number): number {
  return Math.min(size, MOST_BLOCKS);
}

/**
 * The block of a sequence by its place in an arm of `size`: neighbours share one. Arms are in an order drawn by chance, but for
 * equal sequences, which are neighbours: they are drawn together.
 */
export function blockOf(place: number, size: number, blocks: number): number {
  return Math.floor((place * blocks) / size);
}

/** Sums of each block, [blocks, width]. */
export interface BlockSums {
  readonly width: number;
  readonly blocks: number;
  readonly values: Float64Array;
}

/** Adds what a sequence has to `sums`, from `at` on. */
export type AddSequence = (ids: Uint8Array, sums: Float64Array, at: number) => void;

export function sumBlocks(
  sequences: readonly Uint8Array[],
  blocks: number,
  width: number,
  add: AddSequence,
): BlockSums {
  const values = new Float64Array(blocks * width);
  for (const [place, ids] of sequences.entries()) {
    add(ids, values, blockOf(place, sequences.length, blocks) * width);
  }
  return { width, blocks, values };
}

/** The sums of all blocks, each counted `weights[block]` times; [width]. */
export function weightedSums(
  { width, blocks, values }: BlockSums,
  weights: Float64Array,
): Float64Array {
  const out = new Float64Array(width);
  for (let block = 0; block < blocks; block++) {
    const weight = weights[block] as number;
    if (weight === 0) continue;
    const start = block * width;
    for (let i = 0; i < width; i++) {
      out[i] = (out[i] as number) + weight * (values[start + i] as number);
    }
  }
  return out;
}
