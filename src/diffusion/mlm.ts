/**
 * The masked language model of BERT (arXiv:1810.04805, section 3.1), which the DNA models of MDLM and Caduceus are
 * pretrained as (arXiv:2406.07524, appendix D.7; arXiv:2403.03234, appendix C).
 */

import { BASE_COUNT, isBase, MASK_ID } from "../tokens/alphabet.ts";
import { countingEstimator } from "./counting-estimator.ts";
import type { LikelihoodEstimator } from "./likelihood-estimator.ts";
import { NO_SETTINGS, type Objective } from "./objective.ts";

/** The bound of MDLM, which asks for what the network has not learnt. */
const untrainedBound: LikelihoodEstimator = {
  ...countingEstimator,
  caveat:
    "the run learnt from windows with 15 % of the bases chosen, and the bound asks for every share: " +
    "gdiff pretrain --init RUN --objective mdlm trains it",
};

/** Share of the bases that are predicted. */
const CHOSEN = 0.15;
/** Shares of those that become MASK, and a base drawn from all four; the rest stay as they are. */
const MASKED = 0.8;
const REDRAWN = 0.1;

/** Steps of the stream `corruption`: whether a base is chosen, what becomes of it, and what it is redrawn as. */
const CHOICE = 0;
const FATE = 1;
const BASE = 2;

/**
 * The objective: each base is chosen with probability 0.15, and the loss is nats a chosen base. It is no bound of a likelihood;
 * the network that it trains predicts masked bases, so that its likelihood can be bounded as MDLM's is.
 */
export function mlm(): Objective {
  return {
    name: "mlm",
    process: "absorbing",
    headWidth: BASE_COUNT,
    attention: "full",
    isToldNoise: false,
    loss: "cross-entropy",
    likelihood: untrainedBound,
    settings: NO_SETTINGS,
    corrupt(x0, index, _globalBatch, { mask }) {
      const xt = x0.slice();
      const weight = new Float32Array(x0.length);
      for (const [position, id] of x0.entries()) {
        if (!isBase(id) || mask.uniform(index, CHOICE, position) >= CHOSEN) continue;
        weight[position] = 1 / CHOSEN;
        const fate = mask.uniform(index, FATE, position);
        if (fate < MASKED) xt[position] = MASK_ID;
        else if (fate < MASKED + REDRAWN) {
          xt[position] = mask.integer(BASE_COUNT, index, BASE, position);
        }
      }
      return { xt, weight };
    },
  };
}
