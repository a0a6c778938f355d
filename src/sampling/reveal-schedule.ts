/**
 * How many positions each call reveals. With r the share of calls made, `uniform` leaves 1 − r of the positions masked and
 * `cosine` cos(πr/2), as MaskGIT (arXiv:2202.04200) does: few first, while little is known, and many at the end.
 * `binomial` leaves the numbers to chance, as ancestral sampling does: each position belongs to any call alike.
 */

import type { AddressedRandom } from "../random/addressed.ts";

export const REVEAL_SCHEDULES = ["uniform", "cosine", "binomial"] as const;

export type RevealSchedule = (typeof REVEAL_SCHEDULES)[number];

/**
 * Returns the number of positions for each of `calls` calls; together all of `positions`.
 *
 * @param positions of one row
 * @param random the stream `samplerOrder`, for `binomial`; addresses are (sample, 1, position)
 */
export function revealCounts(
  schedule: RevealSchedule,
  positions: readonly number[],
  calls: number,
  random: AddressedRandom,
  sample: number,
): number[] {
  const n = positions.length;
  switch (schedule) {
    case "uniform":
      return differences(calls, (call) => Math.floor((call * n) / calls));
    case "cosine":
      return differences(
        calls,
        (call) => n - Math.floor(n * Math.cos((Math.PI / 2) * (call / calls))),
      );
    case "binomial": {
      const counts = new Array<number>(calls).fill(0);
      for (const position of positions) {
        const call = random.integer(calls, sample, 1, position);
        counts[call] = (counts[call] as number) + 1;
      }
      return counts;
    }
    default:
      return schedule satisfies never;
  }
}

/** Steps of a running total that is given at 0 … calls. */
function differences(calls: number, total: (call: number) => number): number[] {
  return Array.from({ length: calls }, (_, call) => total(call + 1) - total(call));
}
