/** Leaning a prediction towards some bases. A head may have a column of MASK behind the bases' (d3pm): what it says of MASK stays. */

import type { Logits } from "../diffusion/subs.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/**
 * Adds to the logits of the four bases of a row, and where there are other columns shifts the four so that the bases together are as
 * likely as before: which base is leant, whether there is one is not.
 *
 * @param logits [rows, columns], changed in place
 * @param tilt nats by base
 */
export function tiltBases(
  logits: Logits,
  row: number,
  columns: number,
  tilt: (base: number) => number,
): void {
  const bases = logits.subarray(row * columns, row * columns + BASE_COUNT);
  const before = columns === BASE_COUNT ? 0 : logSumExp(bases);
  for (let base = 0; base < BASE_COUNT; base++) bases[base] = (bases[base] as number) + tilt(base);
  if (columns === BASE_COUNT) return;
  const shift = before - logSumExp(bases);
  if (!Number.isFinite(shift)) return; // no base was likely, or none is: there is nothing to keep
  for (let base = 0; base < BASE_COUNT; base++) bases[base] = (bases[base] as number) + shift;
}

function logSumExp(values: Logits): number {
  const most = Math.max(...values);
  if (most === -Infinity) return most;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}
