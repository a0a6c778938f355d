/**
 * Random order, k positions a call: the default sampler. For a denoiser that sees no time the first-hitting sampler
 * (arXiv:2409.02908) is exactly this with one position a call; with more, positions revealed by one call are drawn
 * independently, which biases the joint distribution the more the fewer the calls.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import { MASK_ID } from "../tokens/alphabet.ts";
import { drawBase } from "./categorical.ts";
import type { Sampler } from "./sampler.ts";

/** Reveals each row's free positions in a random order of its own, as evenly over the calls as whole numbers allow. */
export const randomOrderSampler: Sampler = async (
  denoise,
  { batch, length, ids, samples },
  { calls, temperature },
  random,
) => {
  const x = ids.slice();
  const orders = samples.map((sample, row) =>
    revealOrder(x.subarray(row * length, (row + 1) * length), random.order, sample),
  );
  const due = (order: readonly number[], call: number): number[] =>
    order.slice(
      Math.floor((call * order.length) / calls),
      Math.floor(((call + 1) * order.length) / calls),
    );
  for (let call = 0; call < calls; call++) {
    if (orders.every((order) => due(order, call).length === 0)) continue; // more calls than free positions
    const logits = await denoise(x, { batch, length });
    for (const [row, order] of orders.entries()) {
      for (const position of due(order, call)) {
        const uniform = random.token.uniform(samples[row] as number, 0, position);
        x[row * length + position] = drawBase(
          logits,
          row * length + position,
          uniform,
          temperature,
        );
      }
    }
  }
  return x;
};

/** A uniformly random order of the masked positions of one row; addresses are (sample, 0, place). */
function revealOrder(row: Uint8Array, random: AddressedRandom, sample: number): number[] {
  const order: number[] = [];
  for (let i = 0; i < row.length; i++) if (row[i] === MASK_ID) order.push(i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1, sample, 0, i);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
