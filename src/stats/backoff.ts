/**
 * Interpolated back-off of all orders: p_k = (n_k + a_k p_{k−1}) / (N_k + a_k), p_{−1} = 1/4.
 *
 * n_k and N_k count the base after, and the occurrences of, the last k bases. The concentration a_k > 0 is the
 * weight of the shorter context in counts (MacKay, Peto, "A hierarchical Dirichlet language model", 1995).
 */

import type { BaseModel } from "./base-model.ts";
import { type ContextCounts, contextTotal } from "./context-counts.ts";

/**
 * Returns the model with `concentrations` a_0 … a_maxOrder, as `fitBackoff` finds them.
 *
 * @throws {RangeError} when they are not one positive number an order
 */
export function backoffModel(counts: ContextCounts, concentrations: readonly number[]): BaseModel {
  if (concentrations.length !== counts.maxOrder + 1 || !concentrations.every((a) => a > 0)) {
    throw new RangeError(
      `internal: expected ${counts.maxOrder + 1} positive concentrations, got [${concentrations.join(", ")}]`,
    );
  }
  const weights = Float64Array.from(concentrations);
  return {
    maxOrder: counts.maxOrder,
    probability: (kmer, order) => {
      let p = 1 / 4;
      for (let k = 0; k <= order; k++) {
        const ofOrder = counts.byOrder[k] as Uint32Array;
        const ending = kmer & (ofOrder.length - 1);
        const total = contextTotal(ofOrder, ending);
        if (total === 0) break; // a context never seen: longer ones were not either
        const weight = weights[k] as number;
        p = ((ofOrder[ending] as number) + weight * p) / (total + weight);
      }
      return p;
    },
  };
}
