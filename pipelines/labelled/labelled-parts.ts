/** Labelled sequences as training takes them: train, valid, and test where there is one. */

import { groupedSplit } from "../../src/data/labelled/grouped-split.ts";
import { intervalGroups } from "../../src/data/labelled/interval-groups.ts";
import { kmerGroups } from "../../src/data/labelled/kmer-groups.ts";
import type {
  LabelledSequence,
  LabelledSequences,
} from "../../src/data/labelled/labelled-sequence.ts";
import { namedGroups } from "../../src/data/labelled/named-groups.ts";
import { stratifiedSplit } from "../../src/data/labelled/stratified-split.ts";

export interface LabelledParts {
  readonly train: LabelledSequences;
  readonly valid: LabelledSequences;
  readonly test?: LabelledSequences;
}

export const GROUP_RULES = ["none", "overlap"] as const;
/** Whether overlapping sequences stay in one part. */
export type GroupRule = (typeof GROUP_RULES)[number];
/** Named: sequences whose source says that they are of one group stay in one part. */
export type SplitGroups = GroupRule | "named";

export interface DrawOptions {
  /** Shares of the given sequences; what they leave is trained on. 0 is no such part. */
  readonly validShare: number;
  readonly testShare: number;
  readonly groups: SplitGroups;
  readonly seed: number;
}

/**
 * Draws parts out of one set, every class by its share.
 *
 * @throws {ConfigError} when a class has too few sequences or groups for a part
 */
export function drawParts(
  set: LabelledSequences,
  { validShare, testShare, groups, seed }: DrawOptions,
): Partial<LabelledParts> & Pick<LabelledParts, "train"> {
  const shares = Object.fromEntries(
    Object.entries({
      train: 1 - validShare - testShare,
      valid: validShare,
      test: testShare,
    }).filter(([, share]) => share > 0),
  );
  const labels = Int32Array.from(set.sequences, ({ label }) => label);
  const options = { shares, seed, classNames: set.classes };
  const places =
    groups === "none"
      ? stratifiedSplit(labels, options)
      : groupedSplit(labels, GROUPS[groups](set.sequences), options);
  const part = (name: string): LabelledSequences | undefined => {
    const chosen = places[name];
    if (chosen === undefined) return undefined;
    const sequences = Array.from(chosen, (place) => set.sequences[place] as LabelledSequence);
    return { ...set, sequences };
  };
  const [valid, test] = [part("valid"), part("test")];
  return {
    train: part("train") as LabelledSequences,
    ...(valid === undefined ? {} : { valid }),
    ...(test === undefined ? {} : { test }),
  };
}

const GROUPS = { overlap: overlapGroups, named: namedGroups } as const;

/** Groups of overlapping sequences: by their intervals where all have one, else by 64 bases that they share on either strand. */
export function overlapGroups(sequences: readonly LabelledSequence[]): Int32Array {
  const intervals = sequences.flatMap(({ interval }) => interval ?? []);
  if (intervals.length === sequences.length) return intervalGroups(intervals);
  return kmerGroups(sequences.map(({ ids }) => ids));
}
