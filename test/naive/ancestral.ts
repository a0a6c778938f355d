/**
 * Ancestral sampling as published, without any saving: every step computes every row and takes each masked position from
 * the categorical over four bases and MASK.
 */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import type { SamplerBatch, SamplerRandom } from "../../src/sampling/sampler.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

export async function naiveAncestral(
  denoise: Denoise,
  { batch, length, ids, samples }: SamplerBatch,
  steps: number,
  random: SamplerRandom,
): Promise<Uint8Array> {
  let z = ids.slice();
  for (let step = 0; step < steps; step++) {
    const moveT = (steps - step) / steps;
    const moveS = (steps - step - 1) / steps;
    const logits = await denoise(z, { batch, length });
    const next = z.slice();
    for (let at = 0; at < z.length; at++) {
      if (z[at] !== MASK_ID) continue;
      const sample = samples[Math.floor(at / length)] as number;
      const position = at % length;
      if (random.order.uniform(sample, step, position) >= (moveT - moveS) / moveT) continue;
      const weights = [0, 1, 2, 3].map((base) => Math.exp(logits[4 * at + base] as number));
      let rest =
        random.token.uniform(sample, step, position) * weights.reduce((sum, w) => sum + w, 0);
      let base = 0;
      while (base < 3 && rest >= (weights[base] as number)) rest -= weights[base++] as number;
      next[at] = base;
    }
    z = next;
  }
  return z;
}
