/**
 * What outputs cost under uniform noise, nats. With r_y = q(y | x) / q(z | x) the ratios of the truth at a position that shows z, and s_y
 * those of the network, both the score entropy of SEDD (arXiv:2310.16834) and the bound of UDLM (arXiv:2412.10193)
 * are, for each nat of total noise,
 *
 *   ¼ Σ_{y ≠ z} s_y − r_y + r_y ln (r_y / s_y) = ¼ Σ_y r_y (e^u_y − 1 − u_y),  u_y = ln s_y − ln r_y,
 *
 * 0 where they are equal. UDLM's ratios are those of the network's law of clean bases, noised; SEDD's are outputs.
 */

import { softmax } from "../stats/softmax.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { Logits } from "./subs.ts";

/** Writes ln s_y of a position that shows z to `out` [4], 0 at z, from row `row` of outputs [rows, 4]; `redrawn` is 1 − α(t). */
export type LogScores = (
  outputs: Logits,
  row: number,
  z: number,
  redrawn: number,
  out: Float64Array,
) => void;

/** Writes ln r_y at a position whose clean base is x and which shows z to out[at] … out[at + 3]. */
export function logRatios(
  x: number,
  z: number,
  redrawn: number,
  out: Float64Array | Float32Array,
  at = 0,
): void {
  const same = Math.log(BASE_COUNT - (BASE_COUNT - 1) * redrawn);
  const other = Math.log(redrawn);
  const shown = z === x ? same : other;
  for (let y = 0; y < BASE_COUNT; y++) out[at + y] = (y === x ? same : other) - shown;
}

/** Ratios of a law of clean bases whose logits the outputs are. */
export const denoiserScores: LogScores = (logits, row, z, redrawn, out) => {
  const law = softmax(logits.subarray(row * BASE_COUNT, (row + 1) * BASE_COUNT));
  for (let y = 0; y < BASE_COUNT; y++)
    out[y] = Math.log(BASE_COUNT * (1 - redrawn) * (law[y] as number) + redrawn);
  const shown = out[z] as number;
  for (let y = 0; y < BASE_COUNT; y++) out[y] = (out[y] as number) - shown;
};

/** ¼ Σ_y r_y (e^u_y − 1 − u_y). */
export function ratioNats(logScores: Float64Array, logRatio: Float64Array): number {
  let nats = 0;
  for (let y = 0; y < BASE_COUNT; y++) {
    const r = logRatio[y] as number;
    const u = (logScores[y] as number) - r;
    nats += Math.exp(r) * (Math.expm1(u) - u);
  }
  return nats / BASE_COUNT;
}
