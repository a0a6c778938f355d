/**
 * The suffix automaton of several sequences (Blumer et al., Theor. Comput. Sci. 40, 1985): a state for each set of places at
 * which words end, so that text is read through it base by base. States are rows of typed arrays; there are at most two a base.
 */

const BASES = 4;
/** State of the empty word; no step leads to it, so that it stands for a step that a state does not have. */
export const ROOT = 0;
/** The root has no suffix. */
const NO_STATE = -1;

export interface SuffixAutomaton {
  readonly states: number;
  /** [states, 4] the state one base on; the root where there is none */
  readonly next: Int32Array;
  /** [states] the state of the longest suffix that ends at more places */
  readonly suffix: Int32Array;
  /** [states] bases of the longest word */
  readonly longest: Int32Array;
}

/** @param sequences token ids; N separates, as the ends of sequences do */
export function suffixAutomaton(sequences: readonly Uint8Array[]): SuffixAutomaton {
  const bases = sequences.reduce((sum, { length }) => sum + length, 0);
  const most = 2 * bases + 1;
  const next = new Int32Array(BASES * most); // memory that no state reaches is never touched
  const suffix = new Int32Array(most);
  suffix[ROOT] = NO_STATE;
  const longest = new Int32Array(most);
  let states = 1;

  const go = (state: number, base: number): number => next[BASES * state + base] as number;

  /** The state of the words of `longer` that are one base longer than those of `state`: itself, or a copy of it. */
  const split = (state: number, base: number, longer: number): number => {
    const length = (longest[state] as number) + 1;
    if (longest[longer] === length) return longer;
    const copy = states++;
    longest[copy] = length;
    next.copyWithin(BASES * copy, BASES * longer, BASES * longer + BASES);
    suffix[copy] = suffix[longer] as number;
    suffix[longer] = copy;
    for (let at = state; at !== NO_STATE && go(at, base) === longer; at = suffix[at] as number) {
      next[BASES * at + base] = copy;
    }
    return copy;
  };

  /** The state of the words that end `last` with `base` behind it. */
  const extend = (last: number, base: number): number => {
    const known = go(last, base);
    if (known !== ROOT) return split(last, base, known);
    const made = states++;
    longest[made] = (longest[last] as number) + 1;
    let at = last;
    for (; at !== NO_STATE && go(at, base) === ROOT; at = suffix[at] as number) {
      next[BASES * at + base] = made;
    }
    suffix[made] = at === NO_STATE ? ROOT : split(at, base, go(at, base));
    return made;
  };

  for (const ids of sequences) {
    let last = ROOT;
    for (const id of ids) last = id < BASES ? extend(last, id) : ROOT;
  }
  return {
    states,
    next: next.subarray(0, BASES * states),
    suffix: suffix.subarray(0, states),
    longest: longest.subarray(0, states),
  };
}
