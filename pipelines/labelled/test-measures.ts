/** What a report has to know of test sequences besides their predictions: how near training is, and which belong together. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { nearestTrain } from "../../src/data/labelled/nearest-train.ts";
import { type SequenceLeaks, sequenceLeaks } from "../../src/data/labelled/sequence-leaks.ts";
import type { LabelledParts } from "./labelled-parts.ts";

/** Of test sequences, in their order. */
export interface TestMeasures {
  readonly ids: readonly string[];
  readonly leaks: SequenceLeaks;
  /** 1 where the de-duplicated test has it. */
  readonly isKept: Uint8Array;
  /** 0 … 1, as `nearestTrain` gives it. */
  readonly nearest: Float64Array;
  /** The same number for sequences that overlap. */
  readonly groups: Int32Array;
}

/** What the de-duplicated test leaves out. */
export const DEDUPLICATION =
  "Left out: test sequences that share 64 bases in a row with a training or validation sequence on either strand, or are equal to one.";

/**
 * Measures a test against all that a model may have learnt or been chosen by.
 *
 * @param groups [test sequences]
 */
export function measureTest(
  { train, valid, test }: Required<LabelledParts>,
  groups: Int32Array,
): TestMeasures {
  const [tests, trains] = [idsOf(test), [...idsOf(train), ...idsOf(valid)]];
  const leaks = sequenceLeaks(tests, trains);
  const isKept = leaks.sharesBases.map((shares) => 1 - shares);
  const ids = test.sequences.map(({ id }) => id);
  return { ids, leaks, isKept, nearest: nearestTrain(tests, trains), groups };
}

/** Places of the sequences that the de-duplicated test has. */
export function keptPlaces({ isKept }: Pick<TestMeasures, "isKept">): number[] {
  return [...isKept.keys()].filter((i) => isKept[i] !== 0);
}

function idsOf({ sequences }: LabelledSequences): Uint8Array[] {
  return sequences.map(({ ids }) => ids);
}
