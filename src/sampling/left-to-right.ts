/**
 * From left to right, a base a call: the sampler of a model whose positions see those before them. It is exact; what stands to the
 * right of a free position can have no say, so nothing kept may.
 */

import { shiftedIds } from "../diffusion/autoregressive.ts";
import type { Denoise } from "../diffusion/denoise.ts";
import { SamplingError } from "../errors.ts";
import { isBase } from "../tokens/alphabet.ts";
import { Canvas } from "./canvas.ts";
import type { BaseChoice } from "./categorical.ts";
import type { Sampler, SamplerBatch } from "./sampler.ts";

/**
 * Fills every row's free positions in their order.
 *
 * @param denoise position i sees ids 0 … i
 * @throws {SamplingError} when a row keeps a base behind a free position
 */
export const leftToRightSampler: Sampler<BaseChoice> = async (denoise, batch, options, random) => {
  const canvas = new Canvas(nextBase(denoise), batch);
  const rest = canvas.rows.map((row) => [...canvas.masked(row)]);
  for (const [row, positions] of rest.entries()) expectPrefix(batch, row, positions);
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

function expectPrefix({ ids, length }: SamplerBatch, row: number, free: readonly number[]): void {
  const [first] = free;
  if (first === undefined) return;
  const own = ids.subarray(row * length, (row + 1) * length);
  const kept = own.findIndex((id, position) => position > first && isBase(id));
  if (kept < 0) return;
  throw new SamplingError(
    `expected nothing kept behind a free base, as an autoregressive run reads from left to right, got base ${kept + 1} ` +
      `kept behind the free base ${first + 1} (a run of --objective mdlm fills in anywhere)`,
  );
}
