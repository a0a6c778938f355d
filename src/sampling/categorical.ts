/** Draws from four logits in double precision: a 53-bit uniform through the inverse of the cumulative distribution. */

import type { Logits } from "../diffusion/subs.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/**
 * Returns a base, 0 … 3.
 *
 * @param logits [rows, 4]
 * @param row which row of four
 * @param uniform in [0, 1)
 * @param temperature divides the logits; 0 takes the largest (the first of equals)
 */
export function drawBase(
  logits: Logits,
  row: number,
  uniform: number,
  temperature: number,
): number {
  const at = row * BASE_COUNT;
  let best = 0;
  for (let i = 1; i < BASE_COUNT; i++) {
    if ((logits[at + i] as number) > (logits[at + best] as number)) best = i;
  }
  if (temperature === 0) return best;
  const max = logits[at + best] as number;
  const weights = new Float64Array(BASE_COUNT);
  let sum = 0;
  for (let i = 0; i < BASE_COUNT; i++) {
    weights[i] = Math.exp(((logits[at + i] as number) - max) / temperature);
    sum += weights[i] as number;
  }
  let rest = uniform * sum;
  for (let i = 0; i < BASE_COUNT; i++) {
    rest -= weights[i] as number;
    if (rest < 0) return i;
  }
  return best; // rounding left the uniform just above the last step
}
