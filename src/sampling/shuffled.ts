import type { AddressedRandom } from "../random/addressed.ts";

/** Positions in a uniformly random order: by a number drawn for each, whose address is (sample, 0, position). */
export function shuffled(
  positions: readonly number[],
  random: AddressedRandom,
  sample: number,
): number[] {
  return positions
    .map((position) => ({ position, key: random.uniform(sample, 0, position) }))
    .sort((a, b) => a.key - b.key || a.position - b.position)
    .map(({ position }) => position);
}
