/**
 * One step back of the absorbing process in discrete time (D3PM, arXiv:2107.03006, section 3.2; as MDLM's code has it for comparison).
 * At step i of T a base is masked with probability t = i/T. Of a masked position, s = t − 1/T, the posterior
 *
 *   q(z_s | z_t = MASK, x) is x with (t − s)/t, MASK with s/t,
 *
 * and with a prediction p over the four bases and MASK (m its part) in place of x it is
 *
 *   y with (t − s) p(y) / (t + (1 − t) m), MASK with (s + (1 − s) m) / (t + (1 − t) m).
 *
 * T times the divergence of the second from the first, with odds of being visible a = (1 − t)/t and b = (1 − s)/s, is
 *
 *   (1/t) { −ln p(x) + i ln(1 + a m) − (i − 1) ln(1 + b m) }.
 *
 * The last two terms nearly cancel where T is large, so they are written as ln(1 + b m) − i ln(1 + c m / (1 + a m)) with
 * c = b − a = T/(i (i − 1)). At i = 1, where s = 0, there is only ln(1 + a m). (MDLM's code computes 0 · ∞ there, which is NaN.)
 */

import { BASE_COUNT } from "../tokens/alphabet.ts";
import { logSoftmax } from "./log-softmax.ts";
import type { Logits } from "./subs.ts";

/** Columns of the head: the bases, then MASK. */
export const POSTERIOR_COLUMNS: number = BASE_COUNT + 1;

/** The numbers of a step that the divergence is made of. */
export interface StepTerms {
  /** 1/t, by which all is multiplied. */
  readonly weight: number;
  /** i, from 1. */
  readonly step: number;
  readonly a: number;
  /** That of a at the first step. */
  readonly b: number;
  /** 0 at the first step. */
  readonly c: number;
}

/** Returns the numbers of step `step`, 1 … `steps`. */
export function stepTerms(step: number, steps: number): StepTerms {
  const a = (steps - step) / step;
  const isFirst = step === 1;
  return {
    ...{ weight: steps / step, step, a },
    b: isFirst ? a : (steps - step + 1) / (step - 1),
    c: isFirst ? 0 : steps / (step * (step - 1)),
  };
}

/** What m, the prediction's part of MASK, adds to −ln p(x) in a step, nats. */
export function maskNats({ step, a, b, c }: StepTerms, m: number): number {
  return Math.log1p(b * m) - step * Math.log1p((c * m) / (1 + a * m));
}

/** A prediction of one position as its nats need it. */
export interface PosteriorPrediction {
  /** −ln p(x), nats */
  readonly ownNats: number;
  /** Probability of MASK. */
  readonly m: number;
}

/**
 * Returns what outputs say of a position whose clean base is `base`.
 *
 * @param outputs [rows, 5]
 */
export function posteriorPrediction(
  outputs: Logits,
  row: number,
  base: number,
): PosteriorPrediction {
  const logProbs = new Float64Array(POSTERIOR_COLUMNS);
  logSoftmax(outputs, row, logProbs);
  return { ownNats: -(logProbs[base] as number), m: Math.exp(logProbs[BASE_COUNT] as number) };
}

/** T times the divergence at a masked position, nats. */
export function posteriorNats(terms: StepTerms, { ownNats, m }: PosteriorPrediction): number {
  return terms.weight * (ownNats + maskNats(terms, m));
}
