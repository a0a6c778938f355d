import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { withGcTarget } from "../../../src/sampling/gc-tilt.ts";
import { withPositionPrior } from "../../../src/sampling/position-prior.ts";
import type { Constraints } from "./options.ts";

/** Returns the denoiser of a design, leant towards its matrices and then, of what comes out, towards its share of G and C. */
export function softDenoise(
  denoise: Denoise,
  prior: Float64Array | undefined,
  { gcTarget }: Constraints,
  temperature: number,
): Denoise {
  const leant = prior === undefined ? denoise : withPositionPrior(denoise, prior);
  return gcTarget === undefined ? leant : withGcTarget(leant, gcTarget, temperature);
}
