/** A seeded split of labelled sequences in which every class keeps its share. */

import { addressedRandom } from "../../random/addressed.ts";
import { classQuotas, type PartIndices, partNames, type SplitOptions } from "./class-quotas.ts";

/** Steps of the stream "labelledSplit": one for each way to split. */
const STEP = 0;

/**
 * Splits the sequences with these `labels`: each draws a number by (seed, its index), and the sequences of a class fill the
 * parts in the order of their numbers. A sequence's number does not depend on the others; it does on its place in the set,
 * so that a set in another order is split otherwise.
 *
 * @throws {ConfigError} when the shares do not sum to 1, or a class is too small for a part
 */
export function stratifiedSplit<Part extends string>(
  labels: Int32Array,
  options: SplitOptions<Part>,
): PartIndices<Part> {
  const quotas = classQuotas(labels, options);
  const random = addressedRandom(options.seed, "labelledSplit");
  const draws = Float64Array.from(labels, (_, i) => random.uniform(i, STEP));
  const inOrder = [...labels.keys()].sort(
    (a, b) => (draws[a] as number) - (draws[b] as number) || a - b,
  );
  const parts = partNames(options.shares);
  const indices = parts.map((): number[] => []);
  for (const index of inOrder) {
    const room = quotas.get(labels[index] as number) as number[];
    const part = room.findIndex((left) => left > 0);
    room[part] = (room[part] as number) - 1;
    indices[part]?.push(index);
  }
  return Object.fromEntries(
    parts.map((part, i) => [part, Uint32Array.from(indices[i] as number[]).sort()]),
  ) as PartIndices<Part>;
}
