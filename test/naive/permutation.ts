/** The Feistel permutation as a table: every pair of the whole square is sent through, and walks are followed one by one. */

import type { AddressedRandom } from "../../src/random/addressed.ts";

/** Returns the permutation of 0 … size − 1 that `permute` computes element by element. */
export function naivePermutation(size: number, random: AddressedRandom, example: number): number[] {
  let columns = 2;
  while (columns * columns < size) columns += 2;
  let rows = 1;
  while (rows * columns < size) rows++;
  const next = Array.from({ length: rows * columns }, (_, cell) => {
    let [high, low] = [Math.floor(cell / columns), cell % columns];
    for (let round = 0; round < (size < 1024 ? 24 : 8); round++) {
      if (round % 2 === 0) low = (low + random.integer(columns, example, round, high)) % columns;
      else high = (high + random.integer(rows, example, round, low)) % rows;
    }
    return high * columns + low;
  });
  return Array.from({ length: size }, (_, start) => {
    let at = next[start] as number;
    while (at >= size) at = next[at] as number;
    return at;
  });
}
