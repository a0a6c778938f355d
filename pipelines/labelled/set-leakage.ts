/** The leakage of a set, as its report says it: by intervals, by bases, and by what the model was pretrained on. */

import { type LeakageCounts, leakage } from "../../src/data/audit/leakage.ts";
import type { LabelledInterval } from "../../src/data/labelled/labelled-interval.ts";
import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import type { SequenceLeakage, SetLeakage } from "../../src/report/benchmark-record.ts";
import type { RunData } from "../open-data.ts";
import type { LabelledParts } from "./labelled-parts.ts";
import { pretrainingLeakage } from "./pretraining-genome.ts";
import type { TestMeasures } from "./test-measures.ts";

/** @param pretraining undefined where there is none, or its genome is not here */
export async function setLeakage(
  { train, valid, test }: Required<LabelledParts>,
  { leaks }: Pick<TestMeasures, "leaks">,
  pretraining: RunData | undefined,
): Promise<SetLeakage> {
  const seen = { ...train, sequences: [...train.sequences, ...valid.sequences] };
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
  const sequences: SequenceLeakage = {
    tests: leaks.isCopy.length,
    copies: count(leaks.isCopy),
    sharingBases: count(leaks.sharesBases),
  };
  return {
    intervals: intervalLeakage(seen, test),
    sequences,
    pretraining:
      pretraining === undefined ? undefined : await pretrainingLeakage(test.sequences, pretraining),
  };
}

/** Undefined where a sequence has no coordinates. */
function intervalLeakage(
  train: LabelledSequences,
  test: LabelledSequences,
): LeakageCounts | undefined {
  const [trained, tested] = [labelledIntervals(train), labelledIntervals(test)];
  if (trained === undefined || tested === undefined) return undefined;
  const [all] = leakage({ name: train.name, train: trained, test: tested });
  if (all === undefined) return undefined;
  const { tests, overlapping, halfCovered, halfCoveredSameLabel, copies, copiesOtherLabel } = all;
  return { tests, overlapping, halfCovered, halfCoveredSameLabel, copies, copiesOtherLabel };
}

function labelledIntervals({
  classes,
  sequences,
}: LabelledSequences): readonly LabelledInterval[] | undefined {
  const intervals = sequences.flatMap(({ interval, label }) =>
    interval === undefined ? [] : [{ ...interval, label: classes[label] as string }],
  );
  return intervals.length === sequences.length ? intervals : undefined;
}
