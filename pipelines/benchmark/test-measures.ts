/** What the report has to know of test sequences besides their predictions: how near training is, and which belong together. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { namedGroups } from "../../src/data/labelled/named-groups.ts";
import { nearestTrain } from "../../src/data/labelled/nearest-train.ts";
import { type SequenceLeaks, sequenceLeaks } from "../../src/data/labelled/sequence-leaks.ts";
import type { SeedParts } from "./seed-parts.ts";
import type { GivenSet } from "./set-files.ts";

/** Of one seed's test sequences, in their order. */
export interface TestMeasures {
  readonly ids: readonly string[];
  readonly leaks: SequenceLeaks;
  /** 1 where the de-duplicated test has it. */
  readonly isKept: Uint8Array;
  /** 0 … 1, as `nearestTrain` gives it. */
  readonly nearest: Float64Array;
  /** The same number in every seed for sequences that overlap. */
  readonly groups: Int32Array;
}

/** What the de-duplicated test leaves out. */
export const DEDUPLICATION =
  "Left out: test sequences that share 64 bases in a row with a training or validation sequence on either strand, or are equal to one.";

/** Measures the test of each seed against all that the seed's models may have learnt or been chosen by. */
export function testMeasures(
  given: GivenSet,
  parts: readonly SeedParts[],
): readonly TestMeasures[] {
  const all = (given.test ?? given.train).sequences;
  const groups = namedGroups(all);
  const groupOf = new Map(all.map(({ id }, i) => [id, groups[i] as number]));
  const measure = ({ train, valid, test }: Pick<SeedParts, "train" | "valid" | "test">) => {
    const [tests, trains] = [idsOf(test), [...idsOf(train), ...idsOf(valid)]];
    const leaks = sequenceLeaks(tests, trains);
    return {
      ids: test.sequences.map(({ id }) => id),
      leaks,
      isKept: leaks.sharesBases.map((shares) => 1 - shares),
      nearest: nearestTrain(tests, trains),
      groups: Int32Array.from(test.sequences, ({ id }) => groupOf.get(id) as number),
    };
  };
  if (given.test === undefined) return parts.map(measure);
  const [first] = parts as readonly [SeedParts];
  const shared = measure(first); // an official test, against the whole training part, is the same for every seed
  return parts.map(() => shared);
}

function idsOf({ sequences }: LabelledSequences): Uint8Array[] {
  return sequences.map(({ ids }) => ids);
}
