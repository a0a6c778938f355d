/**
 * The first-hitting sampler (arXiv:2409.02908, section 4): ancestral sampling with infinitely many steps of time. Of n
 * masked positions the next is hit at the mask probability m′ = m · u^(1/n), u uniform, and it is any of them alike; the
 * network is called once a hit. For a denoiser that sees no time the times themselves change nothing, whatever the noise
 * schedule: what is left is a uniformly random order, one position a call.
 */

import { MASK_ID } from "../tokens/alphabet.ts";
import type { BaseChoice } from "./categorical.ts";
import { randomOrderSampler } from "./random-order.ts";
import type { Sampler } from "./sampler.ts";

/** One call a free position: exact, and as slow. */
export const firstHittingSampler: Sampler<BaseChoice> = (denoise, batch, choice, random) => {
  let calls = 0;
  for (let row = 0; row < batch.batch; row++) {
    const ids = batch.ids.subarray(row * batch.length, (row + 1) * batch.length);
    calls = Math.max(calls, ids.filter((id) => id === MASK_ID).length);
  }
  return randomOrderSampler(denoise, batch, { ...choice, calls, schedule: "uniform" }, random);
};
