/**
 * IUPAC codes of DNA as sets of bases and back (Cornish-Bowden, "Nomenclature for incompletely specified bases in
 * nucleic acid sequences: recommendations 1984", Nucleic Acids Research 13, 1985).
 */

import { BASE_COUNT } from "./alphabet.ts";
import { hasBase } from "./base-set.ts";

/** Letter of each set of bases; no letter stands for the empty set. */
const LETTER_OF_SET = "-ACMGRSVTWYHKDBN";

/** Returns the set of a letter in either case, or undefined where it is no code of DNA. */
export function setOfLetter(letter: string): number | undefined {
  const set = LETTER_OF_SET.indexOf(letter.toUpperCase());
  return set > 0 ? set : undefined;
}

/** Returns the sets of a text of codes, or undefined where a letter is no code. */
export function setsOfLetters(text: string): Uint8Array | undefined {
  const sets = Array.from(text, setOfLetter);
  return sets.includes(undefined) ? undefined : Uint8Array.from(sets as number[]);
}

/** Writes sets as codes; none of them is empty. */
export function lettersOfSets(sets: Uint8Array): string {
  return Array.from(sets, (set) => LETTER_OF_SET[set]).join("");
}

/** Returns the sets of the other strand, in its reading direction, as a copy. */
export function reverseComplementSets(sets: Uint8Array): Uint8Array {
  return sets.map((_, i) => complement(sets[sets.length - 1 - i] as number)).slice();
}

/** A ↔ T and C ↔ G: the four bits in reverse. */
function complement(set: number): number {
  let out = 0;
  for (let base = 0; base < BASE_COUNT; base++) {
    if (hasBase(set, base)) out |= 1 << (BASE_COUNT - 1 - base);
  }
  return out;
}
