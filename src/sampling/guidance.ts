/** Guidance without a classifier: Ho, Salimans, arXiv:2207.12598; for discrete diffusion arXiv:2412.10193, equation 6. */

import type { Denoise } from "../diffusion/denoise.ts";

/**
 * Returns a denoiser whose prediction is p(x0 | z, class)^strength · p(x0 | z)^(1 − strength), normalised: with strength 1 the
 * conditional one, with 0 the unconditional one, and either takes one evaluation; others take two. Rows without labels are
 * not guided.
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
    // Sums of logits are those of the logarithms up to a constant a position, which a softmax forgets.
    return Float64Array.from(told, (logit, i) =>
      logit === -Infinity ? logit : strength * logit + (1 - strength) * (free[i] as number),
    );
  };
}
