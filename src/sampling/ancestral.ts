/**
 * Ancestral sampling (MDLM, arXiv:2406.07524, equation 7): time goes from 1 to 0 in equal steps; at each a masked
 * position is revealed with probability (m_t − m_s) / m_t, m the mask probability, by a base from the denoiser.
 *
 * Time is taken as MDLM's cached sampler does, m_t = t exactly, so everything is masked at the start and nothing is
 * left at the end: the last step goes to s = 0 and reveals the rest by sampling, not by argmax.
 */

import { MASK_ID } from "../tokens/alphabet.ts";
import { drawBase } from "./categorical.ts";
import type { Sampler } from "./sampler.ts";

/** Steps of time are calls of the network; a step that reveals nothing in any row still counts, but is not computed. */
export const ancestralSampler: Sampler = async (
  denoise,
  { batch, length, ids, samples },
  { calls, temperature },
  random,
) => {
  const x = ids.slice();
  for (let call = 0; call < calls; call++) {
    const revealProbability = 1 / (calls - call); // dt / t on the grid t = (calls − call) / calls
    const revealed: [row: number, position: number][] = [];
    for (let row = 0; row < batch; row++) {
      for (let position = 0; position < length; position++) {
        if (x[row * length + position] !== MASK_ID) continue;
        const uniform = random.order.uniform(samples[row] as number, call, position);
        if (uniform < revealProbability) revealed.push([row, position]);
      }
    }
    if (revealed.length === 0) continue;
    const logits = await denoise(x, { batch, length });
    for (const [row, position] of revealed) {
      const at = row * length + position;
      const uniform = random.token.uniform(samples[row] as number, call, position);
      x[at] = drawBase(logits, at, uniform, temperature);
    }
  }
  return x;
};
