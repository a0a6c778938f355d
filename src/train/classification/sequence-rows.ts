/** Which sequences stand in a batch, and on which strand each is read. */

import { reverseComplementIds } from "../../tokens/complement.ts";

export interface SequenceRows {
  /** [batch] places of the sequences in their set */
  readonly places: readonly number[];
  /** [batch] whether the reverse complement is read */
  readonly isReverse: readonly boolean[];
}

/** Rows of the sequences at `places`, all on one strand. */
export function rowsOnStrand(places: readonly number[], isReverse: boolean): SequenceRows {
  return { places, isReverse: places.map(() => isReverse) };
}

/** Returns the token ids of each row. */
export function orientedIds(
  sequences: readonly Uint8Array[],
  { places, isReverse }: SequenceRows,
): readonly Uint8Array[] {
  return places.map((place, row) => {
    const ids = sequences[place] as Uint8Array;
    return isReverse[row] ? reverseComplementIds(ids) : ids;
  });
}
