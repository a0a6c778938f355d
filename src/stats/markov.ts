/** Order-k Markov model: p(base | k bases) = (n + 1/2) / (N + 2), a pseudo-count of one half a base. */

import type { BaseModel } from "./base-model.ts";
import { type ContextCounts, contextTotal } from "./context-counts.ts";

const PSEUDO_COUNT = 1 / 2;

/**
 * Returns the model of one order; where fewer than `order` bases of context are known, the order that they allow.
 *
 * @throws {RangeError} when `counts` stop below `order`
 */
export function markovModel(counts: ContextCounts, order: number): BaseModel {
  if (!Number.isInteger(order) || order < 0 || order > counts.maxOrder) {
    throw new RangeError(`internal: expected an order in 0 … ${counts.maxOrder}, got ${order}`);
  }
  return {
    maxOrder: order,
    probability: (kmer, known) => {
      const ofOrder = counts.byOrder[known] as Uint32Array;
      const total = contextTotal(ofOrder, kmer);
      return ((ofOrder[kmer] as number) + PSEUDO_COUNT) / (total + 4 * PSEUDO_COUNT);
    },
  };
}
