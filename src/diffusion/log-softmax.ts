/** Probabilities of a row of logits, in double precision. */

import type { Logits } from "./subs.ts";

/**
 * Writes the logarithms of a row's probabilities to `out`.
 *
 * @param logits [rows, columns], as many columns as `out` is long; `row` counts rows
 * @param out [columns]
 */
export function logSoftmax(logits: Logits, row: number, out: Float64Array): void {
  const at = row * out.length;
  let max = -Infinity;
  for (let i = 0; i < out.length; i++) max = Math.max(max, logits[at + i] as number);
  let sum = 0;
  for (let i = 0; i < out.length; i++) sum += Math.exp((logits[at + i] as number) - max);
  const logSum = Math.log(sum);
  for (let i = 0; i < out.length; i++) out[i] = (logits[at + i] as number) - max - logSum;
}
