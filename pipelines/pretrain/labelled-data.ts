/** Labelled sequences as what a run trains and validates on. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import {
  cutLabelledWindows,
  type LabelledWindow,
  labelledWindowSource,
} from "../../src/data/labelled/labelled-windows.ts";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import { spreadNumber } from "../../src/data/tiles.ts";
import { ConfigError } from "../../src/errors.ts";
import { formatCount } from "../../src/util/format.ts";
import { isSetFile } from "../labelled/is-set-file.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import { drawParts } from "../labelled/labelled-parts.ts";
import { openBenchmark } from "../labelled/open-benchmark.ts";
import type { OpenIo } from "../open-named-genome.ts";
import type { PretrainConfig } from "./options.ts";
import type { TrainingData } from "./training-data.ts";

/**
 * Reads the sequences that `config.labelled` names and cuts them to windows of `config.data.length`; a Genomic Benchmark gives
 * its train part.
 *
 * @throws {FileError | TableError} when a file is missing, or is no table of labelled sequences
 * @throws {ConfigError} when a class has no window of that length
 */
export async function openLabelledTraining(
  from: string,
  { labelled, data, seed }: PretrainConfig,
  io: OpenIo,
): Promise<TrainingData> {
  const set = await readSet(from, { labelled, data }, io);
  const { classes, name } = set;
  const parts = drawParts(set, {
    ...{ validShare: labelled.validShare, testShare: 0, groups: labelled.groups, seed },
  });
  const { train, valid = { ...set, sequences: [] } } = parts;
  const cut = cutLabelledWindows(train.sequences, data.length, data.maxN);
  const held = cutLabelledWindows(valid.sequences, data.length, data.maxN).windows;
  expectAllClasses(cut.windows, set, data.length);
  const { reverseComplement } = data;
  const counts = classes.map((one, label) => {
    const own = cut.windows.filter((window) => window.label === label).length;
    return `${formatCount(own)} ${one}`;
  });
  const left = cut.tooShort + cut.tooManyN;
  return {
    source: labelledWindowSource(cut.windows, { reverseComplement, seed }),
    classes,
    async validWindows(count) {
      const wanted = Math.min(count, held.length);
      return Array.from(
        { length: wanted },
        (_, i) => held[spreadNumber(i, wanted, held.length)] as LabelledWindow,
      );
    },
    hasValid: held.length > 0,
    digest: async () =>
      labelledDigest([
        ["train", train],
        ["valid", valid],
      ]),
    notices: [
      `training on ${counts.join(", ")} of ${name}, validating on ${formatCount(held.length)}` +
        (left === 0
          ? ""
          : `; left out ${formatCount(cut.tooShort)} shorter than --length and ${formatCount(cut.tooManyN)} with too many N`),
    ],
    close: async () => {},
  };
}

async function readSet(
  from: string,
  { labelled, data }: Pick<PretrainConfig, "labelled" | "data">,
  io: OpenIo,
): Promise<LabelledSequences> {
  if (!isSetFile(from)) return (await openBenchmark({ ...data, set: from }, io)).train;
  const { sequenceColumn, labelColumn } = labelled;
  const columns = {
    ...(sequenceColumn === undefined ? {} : { sequence: sequenceColumn }),
    ...(labelColumn === undefined ? {} : { label: labelColumn }),
  };
  return readLabelledSequences(from, { columns });
}

function expectAllClasses(
  windows: readonly LabelledWindow[],
  { classes, name }: LabelledSequences,
  length: number,
): void {
  const missing = classes.find((_, label) => windows.every((window) => window.label !== label));
  if (missing === undefined) return;
  throw new ConfigError(
    `expected windows of ${formatCount(length)} bases of every class in ${name}, got none of ${missing}: give a smaller --length`,
  );
}
