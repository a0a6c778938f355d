/** The mask rates of block diffusion's training: one a block, and from which range. */

import type { AddressedRandom } from "../random/addressed.ts";
import { MIN_TIME } from "./training-time.ts";

/** A range of mask rates, 0 ≤ from ≤ to ≤ 1; 0 to 1 trains the bound, a narrower one has less variance and is none. */
export interface MaskRates {
  readonly from: number;
  readonly to: number;
}

/** A block among those of a step. */
export interface BlockPlace {
  /** Global example index, and examples of a step. */
  readonly index: number;
  readonly globalBatch: number;
  /** The block's number, and blocks of a window. */
  readonly block: number;
  readonly blocks: number;
}

/**
 * Returns the mask rate of a block, uniform in the range and 1e-3 at least. Rates are stratified over all blocks of a step, one in each
 * stratum; the same block of all windows has one in each of as many parts as there are windows, and a window's blocks lie far
 * apart. A draw a step turns them all, so that no block has rates of its own (BD3-LM's code stratifies too, without that).
 *
 * @param random the stream `trainingTime`
 */
export function blockRate(
  random: AddressedRandom,
  { index, globalBatch, block, blocks }: BlockPlace,
  { from, to }: MaskRates,
): number {
  const turn = random.uniform(Math.floor(index / globalBatch), 1);
  const part = ((index % globalBatch) + Math.floor((block * globalBatch) / blocks)) % globalBatch;
  const stratum = part * blocks + block;
  const within = random.uniform(index, 2, block);
  const u = ((stratum + within) / (globalBatch * blocks) + turn) % 1;
  const least = Math.max(MIN_TIME, from);
  return least + (to - least) * u;
}
