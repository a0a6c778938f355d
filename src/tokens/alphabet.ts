/**
 * The alphabet: A0 C1 G2 T3 N4 MASK5. Only the four bases are ever masked, predicted or counted;
 * N is an input the network sees, MASK the diffusion state. Padding is a length, not a token.
 */

/** Letter of each token id, MASK last. */
export const LETTERS = ["A", "C", "G", "T", "N", "MASK"] as const;

/** Number of bases, the width of the head: ids 0 … 3. */
export const BASE_COUNT = 4;
/** An unknown base. */
export const N_ID = 4;
/** The diffusion state MASK. */
export const MASK_ID = 5;
/** Number of token ids a network takes as input. */
export const VOCAB_SIZE = 6;

/** Whether `id` is A, C, G or T. */
export function isBase(id: number): boolean {
  return id < BASE_COUNT;
}
