/** How many sequences of each class the parts of a set have, the de-duplicated test last. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import type { SetPart } from "../../src/report/benchmark-record.ts";
import type { LabelledParts } from "./labelled-parts.ts";
import { keptPlaces, type TestMeasures } from "./test-measures.ts";

export function setParts(
  { train, valid, test }: Required<LabelledParts>,
  measures: Pick<TestMeasures, "isKept">,
): SetPart[] {
  const kept = keptPlaces(measures).flatMap((i) => test.sequences[i] ?? []);
  return [
    setPart("train", train),
    setPart("validation", valid),
    setPart("test", test),
    setPart("de-duplicated test", { ...test, sequences: kept }),
  ];
}

export function setPart(name: string, { classes, sequences }: LabelledSequences): SetPart {
  return {
    name,
    counts: classes.map((_, c) => sequences.filter(({ label }) => label === c).length),
  };
}
