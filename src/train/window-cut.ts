/**
 * Windows of random lengths, as LLaDA was trained with a hundredth of them (arXiv:2502.09992, section 2.2), so that a network of long windows
 * knows short sequences.
 */

import type { AddressedRandom } from "../random/addressed.ts";

/** Steps of the stream: whether a window is cut, and to what. */
const IS_CUT = 0;
const LENGTH = 1;

/**
 * Returns how many positions of its window of `length` example `index` keeps, from the first: with probability `share` a number drawn
 * from 1 … length, else all.
 *
 * @param random the stream `windowCut`
 */
export function keptLength(
  random: AddressedRandom,
  share: number,
  length: number,
  index: number,
): number {
  if (random.uniform(index, IS_CUT) >= share) return length;
  return 1 + random.integer(length, index, LENGTH);
}
