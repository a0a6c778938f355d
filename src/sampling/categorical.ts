/** Draws from four logits in double precision: a 53-bit uniform through the inverse of the cumulative distribution. */

import type { Logits } from "../diffusion/subs.ts";
import { SamplingError } from "../errors.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import { ALL_BASES, hasBase } from "../tokens/base-set.ts";

/** How a base is chosen once its position is to be revealed; whether it is revealed is never tempered. */
export interface BaseChoice {
  /** Divides the logits; 1 samples from the model, 0 takes the likeliest base. */
  readonly temperature: number;
  /**
   * Nucleus, in [0, 1]: of the tempered and allowed distribution the smallest set of likeliest bases is kept whose
   * cumulative probability reaches topP. (The samplers of bd3lms and remdm keep the bases up to and without the one
   * that reaches it, and at least one.)
   */
  readonly topP: number;
}

/** What rounding may take from a cumulative probability that is topP exactly. */
const NUCLEUS_SLACK = 1e-12;

/**
 * Returns a base, 0 … 3, of the set `allowed`. Where no allowed base has any probability, all of them are equally
 * likely.
 *
 * @param logits [rows, 4]
 * @param row which row of four
 * @param uniform in [0, 1)
 * @param allowed bit b is base b; not empty
 * @throws {SamplingError} when a logit of an allowed base is NaN or +∞
 */
export function drawBase(
  logits: Logits,
  row: number,
  uniform: number,
  choice: BaseChoice,
  allowed: number = ALL_BASES,
): number {
  const weights = chosenWeights(logits, row, choice, allowed);
  let rest = uniform * sumOf(weights);
  let last = 0;
  for (let base = 0; base < BASE_COUNT; base++) {
    const weight = weights[base] as number;
    if (weight === 0) continue;
    rest -= weight;
    if (rest < 0) return base;
    last = base;
  }
  return last; // rounding left the uniform just above the last step
}

/** Probabilities that `drawBase` draws with; the arguments are as there. */
export function chosenProbabilities(
  logits: Logits,
  row: number,
  choice: BaseChoice,
  allowed: number,
): Float64Array {
  const weights = chosenWeights(logits, row, choice, allowed);
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

function chosenWeights(
  logits: Logits,
  row: number,
  { temperature, topP }: BaseChoice,
  allowed: number,
): Float64Array {
  const weights = allowedWeights(logits, row, temperature, allowed);
  if (topP < 1) keepNucleus(weights, topP);
  return weights;
}

/** Probabilities of the four bases, 0 where a base is not allowed; the arguments are as in `drawBase`. */
export function allowedProbabilities(
  logits: Logits,
  row: number,
  temperature: number,
  allowed: number,
): Float64Array {
  return chosenProbabilities(logits, row, { temperature, topP: 1 }, allowed);
}

/** Weights of the four bases, the largest 1, 0 where a base is not allowed. */
function allowedWeights(
  logits: Logits,
  row: number,
  temperature: number,
  allowed: number,
): Float64Array {
  const at = row * BASE_COUNT;
  let best = -1;
  for (let base = 0; base < BASE_COUNT; base++) {
    if (!hasBase(allowed, base)) continue;
    const logit = logits[at + base] as number;
    if (Number.isNaN(logit) || logit === Infinity) {
      throw new SamplingError(
        `expected logits that are finite or −∞, got ${logit}: the network's arithmetic overflowed (--precision fp32 has more room)`,
      );
    }
    if (best < 0 || logit > (logits[at + best] as number)) best = base;
  }
  if (best < 0) throw new RangeError(`internal: expected an allowed base at row ${row}, got none`);
  const max = logits[at + best] as number;
  const weights = new Float64Array(BASE_COUNT);
  for (let base = 0; base < BASE_COUNT; base++) {
    if (!hasBase(allowed, base)) continue;
    if (temperature === 0) weights[base] = base === best ? 1 : 0;
    else if (max === -Infinity) weights[base] = 1;
    else weights[base] = Math.exp(((logits[at + base] as number) - max) / temperature);
  }
  return weights;
}

/** Puts 0 for every base outside the nucleus; of equal bases the first is kept first. */
function keepNucleus(weights: Float64Array, topP: number): void {
  const order = [...weights.keys()].sort(
    (a, b) => (weights[b] as number) - (weights[a] as number) || a - b,
  );
  const total = sumOf(weights);
  let kept = 0;
  for (const base of order) {
    if (kept > 0 && kept >= (topP - NUCLEUS_SLACK) * total) weights[base] = 0;
    else kept += weights[base] as number;
  }
}

function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
