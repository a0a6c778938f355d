/** The forward process: bases become MASK. N is never masked, and what is not masked is never predicted. */

import type { AddressedRandom } from "../random/addressed.ts";
import { isBase, MASK_ID } from "../tokens/alphabet.ts";

/**
 * Masks each base of one example independently (q(x_t | x_0) of MDLM, arXiv:2406.07524, equation 3).
 *
 * @param x0 [length] clean ids
 * @param maskProbability 1 − alpha(t)
 * @param random the stream `corruption` in training; the address is (example, draw, position)
 * @param example global example index
 * @param draw where an example is masked more than once
 * @returns [length] ids, a copy
 */
export function corrupt(
  x0: Uint8Array,
  maskProbability: number,
  random: AddressedRandom,
  example: number,
  draw = 0,
): Uint8Array {
  const xt = x0.slice();
  for (let position = 0; position < x0.length; position++) {
    const isMasked =
      isBase(x0[position] as number) && random.uniform(example, draw, position) < maskProbability;
    if (isMasked) xt[position] = MASK_ID;
  }
  return xt;
}

/** Positions of the bases A, C, G, T of one example: those that can be masked, predicted and counted. */
export function basePositions(x0: Uint8Array): number[] {
  const positions: number[] = [];
  for (let i = 0; i < x0.length; i++) if (isBase(x0[i] as number)) positions.push(i);
  return positions;
}
