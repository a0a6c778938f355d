/**
 * A seeded permutation that is computed element by element and never stored: a Feistel network over pairs
 * (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002: the generalised network and cycle walking),
 * whose round functions are addressed draws.
 */

import type { AddressedRandom } from "./addressed.ts";

/** Four in all make such a network pseudorandom (Luby and Rackoff, 1988); where it is small, more are needed. */
const ROUNDS = 8;
const ROUNDS_OF_SMALL = 24;
const SMALL = 1024;

/**
 * Returns where the permutation of 0 … size − 1 that belongs to `example` takes `index`.
 *
 * Numbers are pairs (high, low) of a table of about √size columns; a result beyond `size` is taken through the network
 * again, which is rare for all but the smallest sizes: the table has at most about √size numbers too many. Columns are
 * even in number, because turning rows of odd length makes even permutations only.
 *
 * @param size 1 … 2^53 − 1
 * @param random every step below 24 of `example` is drawn from
 */
export function permute(
  index: number,
  size: number,
  random: AddressedRandom,
  example: number,
): number {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
    throw new RangeError(`internal: expected an index in 0 … ${size - 1}, got ${index}`);
  }
  const columns = 2 * Math.ceil(Math.sqrt(size) / 2);
  const rows = Math.ceil(size / columns);
  const rounds = size < SMALL ? ROUNDS_OF_SMALL : ROUNDS;
  let at = index;
  do {
    let high = Math.floor(at / columns);
    let low = at % columns;
    for (let round = 0; round < rounds; round += 2) {
      low = (low + random.integer(columns, example, round, high)) % columns;
      high = (high + random.integer(rows, example, round + 1, low)) % rows;
    }
    at = high * columns + low;
  } while (at >= size);
  return at;
}
