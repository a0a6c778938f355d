/**
 * The forward process of uniform noise: a base is drawn anew, all four alike, with probability 1 − α(t) (the uniform matrices of
 * D3PM, arXiv:2107.03006; UDLM, arXiv:2412.10193). The noise is of A, C, G, T alone: N stays what it is.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import { BASE_COUNT, isBase } from "../tokens/alphabet.ts";

/**
 * Draws x_t: each base of a window anew with probability `redrawn`, whatever it was. One uniform decides both, since below
 * `redrawn` it is uniform again.
 *
 * @param x0 [length] clean ids
 * @param redrawn 1 − α(t), above 0
 * @param random the address is (example, step, position)
 * @returns [length] ids, a copy
 */
export function redraw(
  x0: Uint8Array,
  redrawn: number,
  random: AddressedRandom,
  example: number,
  step = 0,
): Uint8Array {
  return x0.map((id, position) => {
    if (!isBase(id)) return id;
    const share = random.uniform(example, step, position) / redrawn;
    return share < 1 ? Math.floor(BASE_COUNT * share) : id;
  });
}

/** Shares of the bases that are drawn anew until a time and until an earlier one. */
export interface RedrawnStep {
  /** 1 − α(t) */
  readonly atT: number;
  /** 1 − α(s), less */
  readonly atS: number;
}

/**
 * Writes q(z_s | z_t, x) to `out`, x a law of clean bases: where x is one base it is the posterior, and where it is the law of the base
 * given all other positions of z_t, it is the law of z_s given z_t (arXiv:2412.10193, for four categories).
 *
 * @param law [4] sums to 1
 * @param z base at time t
 * @param out [4] sums to 1
 */
export function uniformPosterior(
  law: Float64Array,
  z: number,
  { atT, atS }: RedrawnStep,
  out: Float64Array,
): void {
  const kept = (1 - atT) / (1 - atS);
  const even = (atT - atS) / (1 - atS) / BASE_COUNT;
  let total = 0;
  for (let y = 0; y < BASE_COUNT; y++) {
    const forward = even + (y === z ? kept : 0);
    const weight = forward * ((1 - atS) * (law[y] as number) + atS / BASE_COUNT);
    out[y] = weight;
    total += weight;
  }
  for (let y = 0; y < BASE_COUNT; y++) out[y] = (out[y] as number) / total;
}
