/** The windows that a run was told classes of, in the parts that it drew. */

import { drawParts } from "../../pipelines/labelled/labelled-parts.ts";
import type { PretrainConfig } from "../../pipelines/pretrain/options.ts";
import {
  cutLabelledWindows,
  type LabelledWindow,
} from "../../src/data/labelled/labelled-windows.ts";
import { readLabelledSequences } from "../../src/data/labelled/node-read-labelled-sequences.ts";
import { UsageError } from "../../src/errors.ts";

export interface OwnWindows {
  readonly classes: readonly string[];
  readonly train: readonly LabelledWindow[];
  /** Never trained on. */
  readonly heldOut: readonly LabelledWindow[];
}

/** @throws {UsageError} when the run was trained on something else than a file of labelled sequences */
export async function ownWindows(
  run: string,
  { labelled, data, seed }: PretrainConfig,
): Promise<OwnWindows> {
  const { labels, sequenceColumn, labelColumn, validShare, groups } = labelled;
  if (labels === undefined) {
    throw new UsageError(
      `expected a run of gdiff pretrain --labels FILE, got ${run}, trained on a genome`,
    );
  }
  const columns = {
    ...(sequenceColumn === undefined ? {} : { sequence: sequenceColumn }),
    ...(labelColumn === undefined ? {} : { label: labelColumn }),
  };
  const set = await readLabelledSequences(labels, { columns });
  const { train, valid } = drawParts(set, { validShare, testShare: 0, groups, seed });
  const cut = (part: typeof train | undefined): readonly LabelledWindow[] =>
    cutLabelledWindows(part?.sequences ?? [], data.length, data.maxN).windows;
  return { classes: set.classes, train: cut(train), heldOut: cut(valid) };
}
