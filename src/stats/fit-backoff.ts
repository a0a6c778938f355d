/**
 * Concentrations a_k of the back-off model that make the validation sequence most likely.
 *
 * First from order 0 upwards, each for the model that ends at its order; then sweeps from the highest order down,
 * one a_k at a time under the whole model, until a sweep gains nothing. Each a_k is a golden-section search on
 * ln a_k. No draw is made: equal counts give equal concentrations.
 */

import type { OrderEvidence } from "./backoff-evidence.ts";
import { goldenSection } from "./golden-section.ts";

const LOG_LOW = Math.log(1e-3);
const LOG_HIGH = Math.log(1e7);
const LOG_TOLERANCE = 1e-2; // the likelihood is flat at its peak: 1 % of a_k moves it by less than 1e-6 bits a base
const LEAST_GAIN_NATS = 1e-6; // a base, a sweep
const MOST_SWEEPS = 20;

/** Returns a_0 … a_maxOrder; without evidence any positive numbers. */
export function fitBackoff(evidence: readonly OrderEvidence[]): number[] {
  const size = evidence[0]?.seen.length ?? 0;
  const weights = fitUpwards(evidence, size);
  let before = Number.NEGATIVE_INFINITY;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const after = sweepDownwards(evidence, size, weights);
    if (!(after - before > LEAST_GAIN_NATS * size)) break;
    before = after;
  }
  return weights;
}

/** Fits each order as if it were the last one. */
function fitUpwards(evidence: readonly OrderEvidence[], size: number): number[] {
  const shorter = new Float64Array(size).fill(1 / 4);
  const constant = new Float64Array(size);
  const share = new Float64Array(size).fill(1);
  return evidence.map((order) => {
    const weight = bestWeight(order, shorter, constant, share);
    interpolate(order, weight, shorter);
    return weight;
  });
}

/**
 * Refits every order under the whole model, in place, and returns the log-likelihood in nats.
 *
 * The whole model's p is `constant + share × p_k` for each k, with `constant` and `share` made of the orders above k.
 */
function sweepDownwards(
  evidence: readonly OrderEvidence[],
  size: number,
  weights: number[],
): number {
  const constant = new Float64Array(size);
  const share = new Float64Array(size).fill(1);
  for (let k = evidence.length - 1; k >= 0; k--) {
    const shorter = new Float64Array(size).fill(1 / 4);
    for (let j = 0; j < k; j++) {
      interpolate(evidence[j] as OrderEvidence, weights[j] as number, shorter);
    }
    const order = evidence[k] as OrderEvidence;
    const weight = bestWeight(order, shorter, constant, share);
    weights[k] = weight;
    for (let i = 0; i < size; i++) {
      const total = (order.total[i] as number) + weight;
      constant[i] =
        (constant[i] as number) + ((share[i] as number) * (order.seen[i] as number)) / total;
      share[i] = ((share[i] as number) * weight) / total;
    }
  }
  const uniform = new Float64Array(size).fill(1 / 4);
  return logLikelihood(uniform, constant, share);
}

function bestWeight(
  order: OrderEvidence,
  shorter: Float64Array,
  constant: Float64Array,
  share: Float64Array,
): number {
  const p = new Float64Array(shorter.length);
  const value = (logWeight: number): number => {
    p.set(shorter);
    interpolate(order, Math.exp(logWeight), p);
    return logLikelihood(p, constant, share);
  };
  return Math.exp(goldenSection(value, LOG_LOW, LOG_HIGH, LOG_TOLERANCE));
}

/** Turns p_{k−1} into p_k, in place. */
function interpolate(order: OrderEvidence, weight: number, p: Float64Array): void {
  const { seen, total } = order;
  for (let i = 0; i < p.length; i++) {
    p[i] = ((seen[i] as number) + weight * (p[i] as number)) / ((total[i] as number) + weight);
  }
}

/** Σ ln(constant + share × p), one logarithm for eight factors; should their product underflow, −Infinity. */
function logLikelihood(p: Float64Array, constant: Float64Array, share: Float64Array): number {
  let nats = 0;
  let product = 1;
  for (let i = 0; i < p.length; i++) {
    product *= (constant[i] as number) + (share[i] as number) * (p[i] as number);
    if ((i & 7) === 7) {
      nats += Math.log(product);
      product = 1;
    }
  }
  return nats + Math.log(product);
}
