/** Likelihoods of models that read in a direction: a window of DNA has no beginning, so it is read from either end. */

import { reverseComplementIds } from "../tokens/complement.ts";
import type { LikelihoodEstimator } from "./likelihood-estimator.ts";

/**
 * Returns an estimator of the mean of both strands: a row of `forward` for the window, and one with the same draws for its reverse
 * complement, in turns.
 */
export function bothStrands(forward: LikelihoodEstimator): LikelihoodEstimator {
  return {
    kind: forward.kind,
    strand: "both",
    rows: (draws) => 2 * forward.rows(draws),
    row(x0, random, example, row, rows) {
      const rowOf = (ids: Uint8Array) =>
        forward.row(ids, random, example, Math.floor(row / 2), rows / 2);
      if (row % 2 === 0) return rowOf(x0);
      const made = rowOf(reverseComplementIds(x0));
      return {
        ...made,
        nats: (isSoftMasked, logits, firstRow) =>
          made.nats(isSoftMasked.toReversed(), logits, firstRow),
      };
    },
  };
}
