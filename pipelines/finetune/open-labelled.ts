/** The labelled sequences of a configuration. */

import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import { ConfigError } from "../../src/errors.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import { type DrawOptions, drawParts, type LabelledParts } from "../labelled/labelled-parts.ts";
import { openBenchmark } from "../labelled/open-benchmark.ts";
import { copyNotices, type PartCopies, partCopies } from "./part-copies.ts";
import type { LabelledDataConfig } from "./sections.ts";

export interface OpenedLabelled extends LabelledParts {
  /** What tables and reports call the set. */
  readonly name: string;
  readonly classes: readonly string[];
  /** What valid and test share with what is learnt from. */
  readonly copies: PartCopies;
  /** SHA-256 over train and valid; what a resumed run must agree with. */
  readonly digest: string;
  readonly notices: readonly string[];
}

/**
 * Reads the sequences, and draws the parts that are not given.
 *
 * @throws {FileError | TableError} when a file is missing, or is no table of labelled sequences
 * @throws {ConfigError} when a class has too few sequences for a part
 */
export async function openLabelled(
  data: LabelledDataConfig,
  seed: number,
  io: PipelineIo,
): Promise<OpenedLabelled> {
  const given = await readGiven(data, io);
  const groups = data.groupColumn === undefined ? data.groups : "named";
  const parts = drawMissing(given, { ...data, groups }, seed);
  const { classes } = given.train;
  const copies = partCopies(parts);
  const digest = labelledDigest([
    ["train", parts.train],
    ["valid", parts.valid],
  ]);
  return {
    name: data.set ?? given.train.name,
    classes,
    ...parts,
    copies,
    digest,
    notices: [describeParts(parts, classes), ...copyNotices(copies, data)],
  };
}

/** Parts that are there before any is drawn. */
export type GivenParts = Partial<LabelledParts> & Pick<LabelledParts, "train">;

async function readGiven(data: LabelledDataConfig, io: PipelineIo): Promise<GivenParts> {
  const { set } = data;
  if (set !== undefined) return openBenchmark({ ...data, set }, io);
  const { sequenceColumn, labelColumn, groupColumn } = data;
  const columns = {
    ...(sequenceColumn === undefined ? {} : { sequence: sequenceColumn }),
    ...(labelColumn === undefined ? {} : { label: labelColumn }),
  };
  const train = await readLabelledSequences(data.train as string, {
    columns: { ...columns, ...(groupColumn === undefined ? {} : { group: groupColumn }) },
  });
  const { classes } = train;
  const others: { valid?: LabelledSequences; test?: LabelledSequences } = {};
  for (const part of ["valid", "test"] as const) {
    const path = data[part];
    if (path !== undefined) others[part] = await readLabelledSequences(path, { columns, classes });
  }
  return { train, ...others };
}

/**
 * Draws the parts that are not given out of the training sequences.
 *
 * @throws {ConfigError} when there shall be no valid part, or a class has too few sequences for a part
 */
export function drawMissing(
  { train: pool, valid, test }: GivenParts,
  { validShare, testShare, groups }: Omit<DrawOptions, "seed">,
  seed: number,
): LabelledParts {
  const shares = {
    validShare: valid === undefined ? validShare : 0,
    testShare: test === undefined ? testShare : 0,
  };
  if (valid === undefined && validShare === 0) {
    throw new ConfigError(
      "expected --valid FILE or a --valid-share above 0, got neither: the best epoch is chosen on valid",
    );
  }
  const drawn = drawParts(pool, { ...shares, groups, seed });
  const tested = test ?? drawn.test;
  return {
    train: drawn.train,
    valid: (valid ?? drawn.valid) as LabelledSequences,
    ...(tested === undefined ? {} : { test: tested }),
  };
}

function describeParts(parts: LabelledParts, classes: readonly string[]): string {
  const counts = Object.entries(parts).map(([name, part]: [string, LabelledSequences]) => {
    return `${name} ${formatCount(part.sequences.length)}`;
  });
  const lengths = Object.values(parts).flatMap((part: LabelledSequences) =>
    part.sequences.map(({ ids }) => ids.length),
  );
  const [shortest, longest] = lengths.reduce(
    ([least, most], length) => [Math.min(least, length), Math.max(most, length)],
    [Number.POSITIVE_INFINITY, 0],
  ) as [number, number];
  const length =
    shortest === longest
      ? formatCount(longest)
      : `${formatCount(shortest)}–${formatCount(longest)}`;
  return `${counts.join(", ")} sequences of ${length} bases, classes ${classes.join(", ")}`;
}
