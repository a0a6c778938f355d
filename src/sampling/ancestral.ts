/**
 * Ancestral sampling (MDLM, arXiv:2406.07524, equation 7): time goes from 1 to 0 in equal steps; at each a masked
 * position is revealed with probability (m_t − m_s) / m_t, m the mask probability, by a base from the denoiser.
 *
 * Time is taken as MDLM's cached sampler does, m_t = t exactly, so everything is masked at the start and nothing is
 * left at the end: the last step goes to s = 0 and reveals the rest by sampling, not by argmax.
 */

import { Canvas } from "./canvas.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Steps of time are calls of the network; a call computes the rows in which it reveals something. (MDLM's cache holds
 * only while no row of the batch changes.)
 */
export const ancestralSampler: Sampler = async (denoise, batch, options, random) => {
  const canvas = new Canvas(denoise, batch);
  const { calls } = options;
  for (let call = 0; call < calls; call++) {
    const revealProbability = 1 / (calls - call); // dt / t on the grid t = (calls − call) / calls
    const due = canvas.rows.map((row) =>
      canvas
        .masked(row)
        .filter(
          (position) =>
            random.order.uniform(canvas.sample(row), call, position) < revealProbability,
        ),
    );
    const uniform = (sample: number, position: number): number =>
      random.token.uniform(sample, call, position);
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};
