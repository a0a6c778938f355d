/**
 * D3PM with absorbing noise (arXiv:2107.03006) in T steps of time, as MDLM's code has it for comparison: the head has a column for
 * MASK, and nothing makes it copy visible bases. Noise is linear, alpha = 1 − t (loglinear with nothing left out), so that at the last step all is masked and the bound
 * has no prior term. The network is not told the time: the prediction that is best at every time is the law of a base given the
 * visible ones, with no part of MASK, which no time changes; MDLM's DNA models are not told it either.
 *
 * The bound is the sum of T divergences and of the reconstruction −ln p(x | z = x) of every base from the clean row.
 */

import { isBase, MASK_ID } from "../tokens/alphabet.ts";
import { corrupt } from "./corrupt.ts";
import { POSTERIOR_COLUMNS, stepTerms } from "./discrete-posterior.ts";
import type { Corruption, CorruptionRandom, Objective } from "./objective.ts";
import { posteriorEstimator } from "./posterior-estimator.ts";
import { stratifiedUniform } from "./training-time.ts";

/** Steps of time where none are asked for, as in D3PM and in MDLM's code. */
export const TIME_STEPS = 1000;

/**
 * Share of clean rows, which the reconstruction is trained on and which count by its inverse; the rows of the T steps share the rest.
 * An equal share, 1/(T + 1), would have each clean row count a thousandfold. The least variance has shares as the root mean squares of
 * the two parts: nearly equal at the start, and next to no clean rows once visible bases are copied. This one costs the divergences a
 * seventh of their variance then; with half of it a small network takes a third more steps to learn to copy.
 */
const CLEAN_SHARE = 1 / 8;

/** The objective in `steps` steps of time. */
export function d3pm(steps: number = TIME_STEPS): Objective {
  return {
    name: "d3pm",
    process: "absorbing",
    headWidth: POSTERIOR_COLUMNS,
    attention: "full",
    isToldNoise: false,
    loss: { name: "posterior", steps },
    likelihood: posteriorEstimator(steps),
    settings: {
      hasMaskWarmup: false,
      timeSamplings: ["stratified"],
      hasTimeSteps: true,
      hasRandomLengths: true,
      noises: ["loglinear"],
    },
    corrupt: (x0, index, globalBatch, random) =>
      corruptByStep(x0, index, globalBatch, random, steps),
  };
}

function corruptByStep(
  x0: Uint8Array,
  index: number,
  globalBatch: number,
  random: CorruptionRandom,
  steps: number,
): Corruption {
  const u = stratifiedUniform(random.time, index, globalBatch);
  if (u < CLEAN_SHARE) {
    return {
      xt: x0.slice(),
      weight: Float32Array.from(x0, (id) => (isBase(id) ? 1 / CLEAN_SHARE : 0)),
    };
  }
  const step = Math.min(steps, Math.floor(((u - CLEAN_SHARE) / (1 - CLEAN_SHARE)) * steps) + 1);
  const xt = corrupt(x0, step / steps, random.mask, index);
  const atMask = stepTerms(step, steps).weight / (1 - CLEAN_SHARE);
  return { xt, weight: Float32Array.from(xt, (id) => (id === MASK_ID ? atMask : 0)) };
}

/** Step of a masked position that counts `weight`. */
function stepOf(weight: number, steps: number): number {
  return Math.round(steps / (weight * (1 - CLEAN_SHARE)));
}

/** The numbers of each position's step, [positions]; where MASK has no part in the loss, a, b and c are 0. */
export interface PositionTerms {
  readonly step: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly c: Float32Array;
}

/**
 * Returns the numbers of the steps that positions of training examples are at, read off their weights.
 *
 * @param xt [positions] what the network sees
 * @param weight [positions]
 */
export function positionTerms(
  { xt, weight }: Pick<Corruption, "xt" | "weight">,
  steps: number,
): PositionTerms {
  const fresh = (): Float32Array => new Float32Array(xt.length);
  const made = { step: fresh(), a: fresh(), b: fresh(), c: fresh() };
  for (const [position, id] of xt.entries()) {
    if (id !== MASK_ID) continue;
    const terms = stepTerms(stepOf(weight[position] as number, steps), steps);
    made.step[position] = terms.step;
    made.a[position] = terms.a;
    made.b[position] = terms.b;
    made.c[position] = terms.c;
  }
  return made;
}
