/**
 * Random order, k positions a call: the default sampler. For a denoiser that sees no time the first-hitting sampler
 * (arXiv:2409.02908) is exactly this with one position a call; with more, positions revealed by one call are drawn
 * independently, which biases the joint distribution the more the fewer the calls.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import { Canvas } from "./canvas.ts";
import type { Sampler } from "./sampler.ts";

/** Reveals each row's free positions in a random order of its own, as evenly over the calls as whole numbers allow. */
export const randomOrderSampler: Sampler = async (denoise, batch, options, random) => {
  const canvas = new Canvas(denoise, batch);
  const { calls } = options;
  const orders = canvas.rows.map((row) =>
    shuffled(canvas.masked(row), random.order, canvas.sample(row)),
  );
  const uniform = (sample: number, position: number): number =>
    random.token.uniform(sample, 0, position);
  const share = (order: readonly number[], call: number): readonly number[] =>
    order.slice(
      Math.floor((call * order.length) / calls),
      Math.floor(((call + 1) * order.length) / calls),
    );
  for (let call = 0; call < calls; call++) {
    await canvas.reveal(
      orders.map((order) => share(order, call)),
      uniform,
      options,
    );
  }
  return canvas.ids;
};

/** Positions in a uniformly random order: by a number drawn for each, whose address is (sample, 0, position). */
function shuffled(positions: readonly number[], random: AddressedRandom, sample: number): number[] {
  return positions
    .map((position) => ({ position, key: random.uniform(sample, 0, position) }))
    .sort((a, b) => a.key - b.key || a.position - b.position)
    .map(({ position }) => position);
}
