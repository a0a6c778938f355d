/** A motif as a matrix: how probable each base is at each of its positions. */

import { BASE_COUNT } from "../tokens/alphabet.ts";

export interface PositionMatrix {
  /** [width, 4] of A, C, G, T; rows sum to 1 */
  readonly probabilities: Float64Array;
  /** Sites that the probabilities were counted on. */
  readonly sites: number;
}

/** Sites of even bases that are added to a matrix, so that a base that no site had is rare and not impossible. */
const PSEUDO_SITES = 0.1;

/** Probabilities of which none is 0, [width, 4]. */
export function smoothedProbabilities({ probabilities, sites }: PositionMatrix): Float64Array {
  const even = PSEUDO_SITES / BASE_COUNT;
  return probabilities.map((probability) => (sites * probability + even) / (sites + PSEUDO_SITES));
}
