/** Forbidden words of a whole sequence: sites on both strands, and runs of one base. */

import { BASE_COUNT, LETTERS } from "../../tokens/alphabet.ts";
import { reverseComplementSets } from "../../tokens/iupac.ts";
import type { ForbiddenWord } from "./design-rules.ts";

/**
 * A site that may stand nowhere on either strand: the word and, where it is another, its reverse complement.
 *
 * @param sets [bases] of the word
 * @param length of the sequence, bases
 */
export function forbiddenSite(name: string, sets: Uint8Array, length: number): ForbiddenWord[] {
  const places = { from: 0, to: length, step: 1 };
  const other = reverseComplementSets(sets);
  const word = { name, sets, places };
  if (other.join() === sets.join()) return [word];
  return [word, { name: `${name} on the other strand`, sets: other, places }];
}

/** No base more than `most` times in a row. */
export function homopolymerLimit(most: number, length: number): ForbiddenWord[] {
  return Array.from({ length: BASE_COUNT }, (_, base) => ({
    name: `${most + 1} ${LETTERS[base]} in a row`,
    sets: new Uint8Array(most + 1).fill(1 << base),
    places: { from: 0, to: length, step: 1 },
  }));
}
