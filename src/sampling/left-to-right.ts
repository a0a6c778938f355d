/**
 * From left to right, a base a call: the sampler of a model whose positions see those before them. It is exact; what stands to the
 * right of a free position can have no say, so nothing kept may.
 */

import { shiftedIds } from "../diffusion/autoregressive.ts";
import type { Denoise } from "../diffusion/denoise.ts";
import { Canvas } from "./canvas.ts";
import type { BaseChoice } from "./categorical.ts";
import { expectPrefix } from "./expect-prefix.ts";
import { idsOfRow, type Sampler } from "./sampler.ts";

/**
 * Fills every row's free positions in their order.
 *
 * @param denoise position i sees ids 0 … i
 * @throws {SamplingError} when a row keeps a base behind a free position
 */
export const leftToRightSampler: Sampler<BaseChoice> = async (denoise, batch, options, random) => {
  const canvas = new Canvas(nextBase(denoise), batch);
  for (const row of canvas.rows) expectPrefix(idsOfRow(batch, row));
  const rest = canvas.rows.map((row) => [...canvas.masked(row)]);
  const uniform = (sample: number, position: number): number =>
    random.token.uniform(sample, 0, position);
  while (rest.some((positions) => positions.length > 0)) {
    const due = rest.map((positions) => positions.splice(0, 1));
    await canvas.reveal(due, uniform, options);
  }
  return canvas.ids;
};

/** The logits of position i are those of base i, from the bases before it. */
function nextBase(denoise: Denoise): Denoise {
  return (ids, shape) => {
    const shifted = new Uint8Array(ids.length);
    for (let start = 0; start < ids.length; start += shape.length)
      shifted.set(shiftedIds(ids.subarray(start, start + shape.length)), start);
    return denoise(shifted, shape);
  };
}
