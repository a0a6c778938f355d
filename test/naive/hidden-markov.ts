/** P(ids) of a hidden Markov source as the sum over every hidden path. */

import type { HiddenState } from "../../src/data/demo/hidden-markov.ts";

export function naiveProbability(
  states: readonly HiddenState[],
  start: ArrayLike<number>,
  ids: readonly number[],
): number {
  const emits = (state: number, id: number) => states[state]?.emission[id] ?? 1;
  const step = (from: number, to: number) =>
    (states[from]?.next ?? [])
      .filter((transition) => transition.to === to)
      .reduce((sum, { probability }) => sum + probability, 0);
  const from = (state: number, at: number): number => {
    const here = emits(state, ids[at] as number);
    if (at === ids.length - 1) return here;
    return here * states.reduce((sum, _, to) => sum + step(state, to) * from(to, at + 1), 0);
  };
  return states.reduce((sum, _, state) => sum + (start[state] as number) * from(state, 0), 0);
}
