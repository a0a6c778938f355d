/**
 * For each of some sequences, the longest stretch of it that text holds too, on either strand: an automaton of the sequences and
 * their reverse complements, through which the text is read once, base by base. Memory grows with the sequences, about 45 bytes a
 * base and strand, and not with the text, which may be a genome.
 */

import { reverseComplementIds } from "../../tokens/complement.ts";
import { ROOT, type SuffixAutomaton, suffixAutomaton } from "./suffix-automaton.ts";

export interface MatchReader {
  /** Takes the next bases of the text; N ends what came before. */
  push(ids: Uint8Array): void;
  /** Ends a contig: the next base follows none. */
  endContig(): void;
  /** Returns the longest match of each sequence in bases, [sequences]. */
  finish(): Uint32Array;
}

/** @param sequences token ids A0 C1 G2 T3 N4 */
export function matchReader(sequences: readonly Uint8Array[]): MatchReader {
  const strands = sequences.flatMap((ids) => [ids, reverseComplementIds(ids)]);
  const automaton = suffixAutomaton(strands);
  const { next, suffix, longest } = automaton;
  const matched = new Int32Array(automaton.states); // of the words of a state, the longest that the text holds
  let state = ROOT;
  let length = 0;
  const endContig = (): void => {
    state = ROOT;
    length = 0;
  };
  return {
    push(ids) {
      for (const id of ids) {
        if (id > 3) {
          endContig();
          continue;
        }
        let to = next[4 * state + id] as number;
        while (to === ROOT && state !== ROOT) {
          state = suffix[state] as number;
          length = longest[state] as number;
          to = next[4 * state + id] as number;
        }
        if (to === ROOT) continue; // a base that no sequence has
        state = to;
        length++;
        if (length > (matched[state] as number)) matched[state] = length;
      }
    },
    endContig,
    finish() {
      spread(automaton, matched);
      return Uint32Array.from(sequences, (_, i) =>
        Math.max(
          ...strands.slice(2 * i, 2 * i + 2).map((ids) => longestOf(ids, automaton, matched)),
        ),
      );
    },
  };
}

/**
 * Takes what was matched to where it holds too. Suffixes of a matched word are matched whole; and a state without a match has
 * the longest one of its suffixes.
 */
function spread({ states, suffix, longest }: SuffixAutomaton, matched: Int32Array): void {
  const order = byLength(longest, states);
  for (let i = states - 1; i > 0; i--) {
    const state = order[i] as number;
    const shorter = suffix[state] as number;
    if ((matched[state] as number) > 0) matched[shorter] = longest[shorter] as number;
  }
  for (let i = 1; i < states; i++) {
    const state = order[i] as number;
    if (matched[state] === 0) matched[state] = matched[suffix[state] as number] as number;
  }
}

/** States from the shortest to the longest, by counting. */
function byLength(longest: Int32Array, states: number): Int32Array {
  const most = longest.reduce((max, length) => Math.max(max, length), 0);
  const starts = new Int32Array(most + 2);
  for (const length of longest) starts[length + 1] = (starts[length + 1] as number) + 1;
  for (let length = 0; length <= most; length++) {
    starts[length + 1] = (starts[length + 1] as number) + (starts[length] as number);
  }
  const order = new Int32Array(states);
  for (let state = 0; state < states; state++) {
    const length = longest[state] as number;
    const place = starts[length] as number;
    order[place] = state;
    starts[length] = place + 1;
  }
  return order;
}

/** Of all words that end at some place of a sequence, the longest that was matched. */
function longestOf(ids: Uint8Array, { next }: SuffixAutomaton, matched: Int32Array): number {
  let state = ROOT;
  let most = 0;
  for (const id of ids) {
    state = id > 3 ? ROOT : (next[4 * state + id] as number);
    most = Math.max(most, matched[state] as number);
  }
  return most;
}
