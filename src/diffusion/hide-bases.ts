/** A number of bases hidden, any of them alike. */

import { MASK_ID } from "../tokens/alphabet.ts";

/**
 * Masks `k` of the bases at `positions` in `ids`, every subset alike; takes `positions` and leaves them in disorder.
 *
 * @param integer an integer in [0, bound), drawn for the place-th of the bases, 0 … k − 1
 * @returns the masked positions, ascending
 */
export function hideBases(
  ids: Uint8Array,
  positions: number[],
  k: number,
  integer: (bound: number, place: number) => number,
): number[] {
  // Partial Fisher–Yates: the first k places of a random permutation.
  for (let i = 0; i < k; i++) {
    const j = i + integer(positions.length - i, i);
    const chosen = positions[j] as number;
    positions[j] = positions[i] as number;
    positions[i] = chosen;
    ids[chosen] = MASK_ID;
  }
  return positions.slice(0, k).sort((a, b) => a - b);
}
