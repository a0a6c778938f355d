/** Guidance without a classifier: Ho, Salimans, arXiv:2207.12598; for discrete diffusion arXiv:2412.10193, equation 6. */

import type { Denoise } from "../diffusion/denoise.ts";
import { tiltBases } from "./tilt-bases.ts";

/**
 * Returns a denoiser whose prediction of a base is p(x0 | z, class)^strength · p(x0 | z)^(1 − strength), normalised: with strength 1 the
 * conditional one, with 0 the unconditional one, and either takes one evaluation; others take two. The mass of the bases is the conditional
 * one's. Rows without labels are not guided.
 *
 * @param denoise told classes and trained without them too (label dropout)
 */
export function guidedDenoise(denoise: Denoise, strength: number): Denoise {
  return async (ids, shape) => {
    const { labels, ...untold } = shape;
    if (labels === undefined || strength === 0) return denoise(ids, untold);
    const told = await denoise(ids, shape);
    if (strength === 1) return told;
    const free = await denoise(ids, untold);
    const columns = told.length / ids.length;
    // Differences of logits are those of the logarithms up to a constant a position.
    const guided = Float64Array.from(told);
    for (const row of ids.keys()) {
      const lean = (base: number): number => {
        const i = row * columns + base;
        const logit = told[i] as number;
        return logit === -Infinity ? 0 : (strength - 1) * (logit - (free[i] as number));
      };
      tiltBases(guided, row, columns, lean);
    }
    return guided;
  };
}
