/** Groups of labelled sequences that their source names. */

import type { LabelledSequence } from "./labelled-sequence.ts";

/**
 * Returns the group of each sequence, counted from 0 in the order of their first members.
 *
 * @throws {RangeError} when a sequence has none
 */
export function namedGroups(sequences: readonly LabelledSequence[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(sequences, ({ id, group }) => {
    if (group === undefined) throw new RangeError(`internal: expected a group of ${id}`);
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}
