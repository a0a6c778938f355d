/**
 * The autoregressive model: each base from those before it (the comparison of MDLM, arXiv:2406.07524, section 5.2). Position i of
 * the network sees MASK, which stands for the beginning, and the bases before i; its head predicts base i. All bases of a window
 * are predicted, the first too.
 */

import { BASE_COUNT, isBase, MASK_ID } from "../tokens/alphabet.ts";
import { reverseComplementIds } from "../tokens/complement.ts";
import type { LikelihoodDraw, LikelihoodEstimator } from "./likelihood-estimator.ts";
import { NO_SETTINGS, type Objective } from "./objective.ts";
import { maskedNats } from "./subs.ts";

/** What position i is shown of a window, [length]: the beginning, then each base one position late. */
export function shiftedIds(ids: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(ids.length);
  shifted[0] = MASK_ID;
  shifted.set(ids.subarray(0, -1), 1);
  return shifted;
}

/** −log p of the forward strand and of the other one, whose mean is taken: a window of DNA has no beginning. */
const bothStrands: LikelihoodEstimator = {
  kind: "exact",
  strand: "both",
  rows: () => 2,
  row: (x0, _random, _example, row) => strandRow(x0, row === 1),
};

function strandRow(x0: Uint8Array, isReverse: boolean): LikelihoodDraw {
  const ids = isReverse ? reverseComplementIds(x0) : x0;
  return {
    input: shiftedIds(ids),
    nats(isSoftMasked, logits, firstRow) {
      let total = 0;
      let softMasked = 0;
      for (const [position, id] of ids.entries()) {
        if (!isBase(id)) continue;
        const nats = maskedNats(logits, firstRow + position, id);
        total += nats;
        const place = isReverse ? ids.length - 1 - position : position;
        if (isSoftMasked[place] === 1) softMasked += nats;
      }
      return { total, softMasked };
    },
  };
}

/** The objective; the loss is nats a base. */
export function autoregressive(): Objective {
  return {
    name: "ar",
    process: "none",
    headWidth: BASE_COUNT,
    attention: "causal",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: bothStrands,
    settings: NO_SETTINGS,
    corrupt: (x0) => ({
      xt: shiftedIds(x0),
      weight: Float32Array.from(x0, (id) => (isBase(id) ? 1 : 0)),
    }),
  };
}
