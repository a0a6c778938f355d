/** Which test sequences the bases of the training sequences give away, on either strand. */

import { SHARED_BASES } from "./kmer-groups.ts";
import { nearestTrain } from "./nearest-train.ts";
import { sequenceIndex } from "./sequence-index.ts";

/** 1 for those test sequences of which it is so, else 0. */
export interface SequenceLeaks {
  /** Is equal to a training sequence. */
  readonly isCopy: Uint8Array;
  /** Has 64 bases in a row that a training sequence has, or is equal to one. */
  readonly sharesBases: Uint8Array;
}

/** @param test token ids 0 … 4 */
export function sequenceLeaks(
  test: readonly Uint8Array[],
  train: readonly Uint8Array[],
): SequenceLeaks {
  const { firstEqual } = sequenceIndex(train);
  const isCopy = Uint8Array.from(test, (ids) => Number(firstEqual(ids) !== undefined));
  // The first training sequence with a k-mer is enough to know that there is one.
  const shares = nearestTrain(test, train, { length: SHARED_BASES, mostTrains: 1 });
  return {
    isCopy,
    sharesBases: Uint8Array.from(isCopy, (copy, i) => copy | Number((shares[i] as number) > 0)),
  };
}
