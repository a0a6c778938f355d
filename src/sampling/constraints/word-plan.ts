/** Forbidden words made ready: their automaton, and at which places which of its states may not be reached. */

import type { ForbiddenWord } from "./design-rules.ts";
import { StateSets } from "./state-sets.ts";
import { wordAutomaton } from "./word-automaton.ts";

/** Shared by all rows of one length under one set of words. */
export interface WordPlan {
  /** Bases. */
  readonly length: number;
  readonly sets: StateSets;
  /** [length + 1] after each number of bases, the kind of the place: which states are dead there */
  readonly kinds: Uint16Array;
}

/**
 * Returns the plan of words in sequences of `length` bases.
 *
 * @throws {ConfigError} when the automaton has too many states
 */
export function wordPlan(words: readonly ForbiddenWord[], length: number): WordPlan {
  const numbers = new Map<string, number>(); // words of equal letters are one to the automaton
  const numberOf = words.map(({ sets }) => {
    const key = sets.join();
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const letters: Uint8Array[] = [];
  for (const [i, { sets }] of words.entries()) letters[numberOf[i] as number] = sets;
  const endsAt: Set<number>[] = Array.from({ length: length + 1 }, () => new Set());
  for (const [i, { sets, places }] of words.entries()) {
    for (let start = places.from; start + sets.length <= places.to; start += places.step) {
      endsAt[start + sets.length]?.add(numberOf[i] as number);
    }
  }
  const automaton = wordAutomaton(letters);
  const kindOf = new Map<string, number>();
  const dead: Uint8Array[] = [];
  const kinds = Uint16Array.from(endsAt, (forbidden) => {
    const key = [...forbidden].sort((a, b) => a - b).join();
    const known = kindOf.get(key);
    if (known !== undefined) return known;
    kindOf.set(key, dead.length);
    dead.push(
      Uint8Array.from(automaton.ends, (ends) => (ends.some((word) => forbidden.has(word)) ? 1 : 0)),
    );
    return dead.length - 1;
  });
  return { length, sets: new StateSets(automaton.states, automaton.next, dead), kinds };
}
