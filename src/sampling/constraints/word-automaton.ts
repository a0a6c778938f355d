/**
 * The automaton that reads a sequence and knows which words end at each place. A state is the set of all prefixes of
 * words that the bases read so far end in; for words of plain letters these are exactly the states of Aho and Corasick
 * ("Efficient string matching", Communications of the ACM 18, 1975), and ambiguous letters need no expansion.
 */

import { ConfigError } from "../../errors.ts";
import { BASE_COUNT } from "../../tokens/alphabet.ts";
import { hasBase } from "../../tokens/base-set.ts";
import { formatCount } from "../../util/format.ts";

export interface WordAutomaton {
  /** State 0 has read nothing. */
  readonly states: number;
  /** [states, 4] the state after each base */
  readonly next: Uint16Array;
  /** [states] which words end here, by their number */
  readonly ends: readonly (readonly number[])[];
}

/** More are refused: a set of states is kept for each position. */
const MOST_STATES = 8192;

/**
 * Returns the automaton of words.
 *
 * @param words each [bases] sets of bases
 * @throws {ConfigError} when their ambiguous letters make too many states
 */
export function wordAutomaton(words: readonly Uint8Array[]): WordAutomaton {
  const firstItem: number[] = [];
  const owner: number[] = []; // of each item: its word
  for (const [word, sets] of words.entries()) {
    firstItem.push(owner.length);
    owner.push(...Array.from(sets, () => word));
  }
  // An item is the last letter of a prefix: firstItem[word] + bases read − 1.
  const isLast = (item: number): boolean => owner[item + 1] !== owner[item];
  const letterAt = (item: number): number => {
    const word = owner[item] as number;
    return words[word]?.[item - (firstItem[word] as number)] as number;
  };
  const read = (items: readonly number[], base: number): number[] => {
    const longer = items.filter((item) => !isLast(item)).map((item) => item + 1);
    const candidates = [...longer, ...firstItem];
    return candidates.filter((item) => hasBase(letterAt(item), base)).sort((a, b) => a - b);
  };
  const states: number[][] = [[]];
  const numbers = new Map<string, number>([["", 0]]);
  const next: number[] = [];
  for (let state = 0; state < states.length; state++) {
    for (let base = 0; base < BASE_COUNT; base++) {
      const items = read(states[state] as number[], base);
      const key = items.join();
      let number = numbers.get(key);
      if (number === undefined) {
        number = states.length;
        if (number === MOST_STATES) throw tooManyStates(words.length);
        numbers.set(key, number);
        states.push(items);
      }
      next.push(number);
    }
  }
  return {
    states: states.length,
    next: Uint16Array.from(next),
    ends: states.map((items) => items.filter(isLast).map((item) => owner[item] as number)),
  };
}

function tooManyStates(words: number): ConfigError {
  return new ConfigError(
    `expected forbidden words that ${formatCount(MOST_STATES)} states tell apart, got ${words} words that need more: fewer words, or fewer ambiguous letters in them`,
  );
}
