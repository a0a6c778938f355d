/**
 * The mask rates of a warm-up: light ones alone, as in masked language models before diffusion. Under the whole range
 * a network learns what neighbouring bases say and then stays where it is for long; under light masks it finds the
 * repeats of a genome many times sooner, and keeps them when the heavy ones come (figures in bench/LOG.md). Block
 * diffusion (arXiv:2503.09573) clips its rates at both ends too, for the gradient's variance.
 */

import type { NoiseSchedule } from "./noise.ts";

const LOWEST_RATE = 0.1;
const HIGHEST_RATE = 0.3;

/** Mask rates uniform on [0.1, 0.3]; the loss is their mean of nats a masked base, which is no bound. */
export const LIGHT_MASKS: Pick<NoiseSchedule, "maskProbability" | "weight"> = {
  maskProbability: (t) => LOWEST_RATE + (HIGHEST_RATE - LOWEST_RATE) * t,
  weight: (t) => 1 / LIGHT_MASKS.maskProbability(t),
};
