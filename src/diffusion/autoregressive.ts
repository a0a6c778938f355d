/**
 * The autoregressive model: each base from those before it (the comparison of MDLM, arXiv:2406.07524, section 5.2). Position i of
 * the network sees MASK, which stands for the beginning, and the bases before i; its head predicts base i. All bases of a window
 * are predicted, the first too.
 */

import { BASE_COUNT, isBase, MASK_ID } from "../tokens/alphabet.ts";
import { bothStrands } from "./both-strands.ts";
import type { LikelihoodEstimator } from "./likelihood-estimator.ts";
import { NO_SETTINGS, type Objective } from "./objective.ts";
import { maskedNats } from "./subs.ts";

/** What position i is shown of a window, [length]: the beginning, then each base one position late. */
export function shiftedIds(ids: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(ids.length);
  shifted[0] = MASK_ID;
  shifted.set(ids.subarray(0, -1), 1);
  return shifted;
}

/** −log p of a strand. */
const chainRule: LikelihoodEstimator = {
  kind: "exact",
  strand: "+",
  rows: () => 1,
  row: (x0) => ({
    input: shiftedIds(x0),
    nats(isSoftMasked, logits, firstRow) {
      let total = 0;
      let softMasked = 0;
      for (const [position, id] of x0.entries()) {
        if (!isBase(id)) continue;
        const nats = maskedNats(logits, firstRow + position, id);
        total += nats;
        if (isSoftMasked[position] === 1) softMasked += nats;
      }
      return { total, softMasked };
    },
  }),
};

/** The objective; the loss is nats a base. */
export function autoregressive(): Objective {
  return {
    name: "ar",
    process: "none",
    headWidth: BASE_COUNT,
    attention: "causal",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: bothStrands(chainRule),
    settings: NO_SETTINGS,
    corrupt: (x0) => ({
      xt: shiftedIds(x0),
      weight: Float32Array.from(x0, (id) => (isBase(id) ? 1 : 0)),
    }),
  };
}
