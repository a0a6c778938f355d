/** Sequences of a Markov model of order 5, fitted on windows of one class: what class control has to beat. */

import type { AddressedRandom } from "../../src/random/addressed.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { kmerCount } from "../../src/stats/rolling-context.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";

const ORDER = 5;

/**
 * Draws `count` sequences of `length` bases, ids; counts are of both strands, as the network is trained on both.
 *
 * @param random addressed by (sequence, class, position)
 */
export function markovSequences(
  windows: readonly Uint8Array[],
  {
    count,
    length,
    label,
  }: { readonly count: number; readonly length: number; readonly label: number },
  random: AddressedRandom,
): Uint8Array[] {
  const counter = new ContextCounter(ORDER);
  for (const ids of windows) {
    counter.add(ids);
    counter.endContig();
  }
  const model = markovModel(counter.finish(), ORDER);
  return Array.from({ length: count }, (_, sequence) => {
    const ids = new Uint8Array(length);
    let context = 0;
    for (let position = 0; position < length; position++) {
      const order = Math.min(position, ORDER);
      const first = (context * BASE_COUNT) % kmerCount(order + 1);
      let left = random.uniform(sequence, label, position);
      let base = 0;
      for (; base < BASE_COUNT - 1; base++) {
        left -= model.probability(first + base, order);
        if (left < 0) break;
      }
      ids[position] = base;
      context = first + base;
    }
    return ids;
  });
}
