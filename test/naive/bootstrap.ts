/** Bootstrap over whole groups, every draw gathered and averaged by itself. */

import { addressedRandom } from "../../src/random/addressed.ts";

/** The places of 1000 draws of as many groups as there are; the draws are those of seed 1. */
export function naiveDraws(groupOf: readonly number[], groups: number): number[][] {
  const random = addressedRandom(1, "bootstrap");
  const places = [...groupOf.keys()];
  return Array.from({ length: 1000 }, (_, replicate) => {
    const drawn = Array.from({ length: groups }, (_, draw) =>
      random.integer(groups, replicate, draw),
    );
    return drawn.flatMap((group) => places.filter((i) => groupOf[i] === group));
  });
}

/** Means of the draws, sorted. */
export function naiveBootstrap(
  gains: readonly number[],
  groupOf: readonly number[],
  groups: number,
): number[] {
  return naiveDraws(groupOf, groups)
    .map((taken) => taken.reduce((sum, i) => sum + (gains[i] as number), 0) / taken.length)
    .sort((a, b) => a - b);
}

/** Between neighbours on a straight line. */
export function naiveQuantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]] as [number, number];
  return low + (place - Math.floor(place)) * (high - low);
}
