/** Sequences that are held out, and were learnt from or chosen by all the same. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { sequenceIndex } from "../../src/data/labelled/sequence-index.ts";
import { formatCount } from "../../src/util/format.ts";
import type { LabelledParts } from "../labelled/labelled-parts.ts";
import type { LabelledDataConfig } from "./sections.ts";

/** 1 for a sequence that is a copy on either strand, else 0. */
export interface PartCopies {
  /** [valid sequences]: of one of train. */
  readonly valid: Uint8Array;
  /** [test sequences]: of one of train or valid. */
  readonly test?: Uint8Array;
}

export function partCopies({ train, valid, test }: LabelledParts): PartCopies {
  const learnt = train.sequences.length;
  const { firstEqual } = sequenceIndex([...idsOf(train), ...idsOf(valid)]);
  const flags = (part: LabelledSequences, end: number): Uint8Array =>
    Uint8Array.from(idsOf(part), (ids) => Number((firstEqual(ids) ?? end) < end));
  return {
    valid: flags(valid, learnt), // the first of its equals is itself where none is in train
    ...(test === undefined ? {} : { test: flags(test, learnt + valid.sequences.length) }),
  };
}

/** How many copies each part has. */
export function copyCounts({ valid, test }: PartCopies): Readonly<Record<string, number>> {
  return { valid: countOf(valid), ...(test === undefined ? {} : { test: countOf(test) }) };
}

/** One line where there are copies, with what can be done about them; none else. */
export function copyNotices(
  { valid, test = new Uint8Array(0) }: PartCopies,
  data: Pick<LabelledDataConfig, "valid" | "test" | "testShare" | "groups">,
): readonly string[] {
  const said = [
    { flags: valid, text: "valid sequences stand in train too" },
    { flags: test, text: "test sequences in train or valid" },
  ].flatMap(({ flags, text }) => {
    const count = countOf(flags);
    return count === 0 ? [] : [`${formatCount(count)} of ${formatCount(flags.length)} ${text}`];
  });
  if (said.length === 0) return [];
  const isDrawn = data.valid === undefined || (data.test === undefined && data.testShare > 0);
  const remedies = [
    ...(countOf(test) > 0 ? ["the test without them is reported too"] : []),
    ...(isDrawn && data.groups === "none" ? ["--groups overlap draws parts that share none"] : []),
  ];
  const remedy = remedies.length === 0 ? "leave them out of --valid" : remedies.join(", and ");
  return [
    `warning: ${said.join(", ")}, on either strand, which makes them easier than new ones: ${remedy}`,
  ];
}

function countOf(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

function idsOf({ sequences }: LabelledSequences): readonly Uint8Array[] {
  return sequences.map(({ ids }) => ids);
}
