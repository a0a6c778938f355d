/** The parts of a set under a seed: the same for every model, drawn as `gdiff finetune` draws them. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { drawMissing } from "../finetune/open-labelled.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import type { SplitGroups } from "../labelled/labelled-parts.ts";
import type { BenchmarkConfig } from "./options.ts";
import type { GivenSet } from "./set-files.ts";

export interface SeedParts {
  readonly seed: number;
  readonly train: LabelledSequences;
  readonly valid: LabelledSequences;
  readonly test: LabelledSequences;
  /** SHA-256 over train and valid, as a trial of a network says it. */
  readonly dataSha256: string;
}

/** Groups of overlapping sequences are named in the files of every set. */
function splitGroups(groups: BenchmarkConfig["data"]["groups"]): SplitGroups {
  return groups === "overlap" ? "named" : groups;
}

/** @throws {ConfigError} when a class has too few sequences for a part */
export function seedParts(
  set: GivenSet,
  { validShare, testShare, groups }: BenchmarkConfig["data"],
  seed: number,
): SeedParts {
  const options = { validShare, testShare, groups: splitGroups(groups) };
  const { train, valid, test } = drawMissing(set, options, seed);
  const dataSha256 = labelledDigest([
    ["train", train],
    ["valid", valid],
  ]);
  return { seed, train, valid, test: test as LabelledSequences, dataSha256 };
}
