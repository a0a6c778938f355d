/** What a set must have for the models that are to learn it, and what they cannot make use of; looked at before any trial. */

import { KMER_BASES } from "../../src/benchmark/baselines/kmer-logistic.ts";
import type { LabelledSequence } from "../../src/data/labelled/labelled-sequence.ts";
import { ConfigError } from "../../src/errors.ts";
import { SHORTEST_CNN_INPUT } from "../../src/model/benchmark-cnn-shapes.ts";
import { formatCount } from "../../src/util/format.ts";
import type { ModelName } from "./models.ts";
import type { GivenSet } from "./set-files.ts";

/** @throws {ConfigError} naming the model that cannot read the set */
export function expectFit(set: GivenSet, models: readonly ModelName[]): void {
  const { train } = set;
  const longest = sequencesOf(set).reduce((most, { ids }) => Math.max(most, ids.length), 0);
  if (!models.includes("cnn") || longest >= SHORTEST_CNN_INPUT) return;
  throw new ConfigError(
    `expected a sequence of ${SHORTEST_CNN_INPUT} bases or more in ${train.name} for the model cnn, got ${longest} at most (leave cnn out of --models)`,
  );
}

/** A line on sequences that are shorter than a k-mer, which k-mer counts say nothing of; undefined without any. */
export function shortNotice(set: GivenSet, models: readonly ModelName[]): string | undefined {
  if (!models.includes("kmer6")) return undefined;
  const all = sequencesOf(set);
  const short = all.filter(({ ids }) => ids.length < KMER_BASES).length;
  if (short === 0) return undefined;
  return `${set.train.name}: ${formatCount(short)} of ${formatCount(all.length)} sequences are shorter than ${KMER_BASES} bases; to kmer6 they are all alike`;
}

function sequencesOf({ train, test }: GivenSet): readonly LabelledSequence[] {
  return test === undefined ? train.sequences : [...train.sequences, ...test.sequences];
}
