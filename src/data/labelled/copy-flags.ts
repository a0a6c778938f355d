/** Sequences that stand among others too. */

import { sequenceIndex } from "./sequence-index.ts";

/** Returns 1 for each of `sequences` that is equal to one of `others` on either strand, else 0. */
export function copyFlags(
  sequences: readonly Uint8Array[],
  others: readonly Uint8Array[],
): Uint8Array {
  const { firstEqual } = sequenceIndex(others);
  return Uint8Array.from(sequences, (ids) => Number(firstEqual(ids) !== undefined));
}
