/** The genome that a run was trained on. */

import { RunFolderError } from "../src/errors.ts";
import { openData, type RunData } from "./open-data.ts";
import type { OpenIo } from "./open-named-genome.ts";
import type { PretrainConfig } from "./pretrain/options.ts";

/**
 * Opens the genome and the splits of a run; the caller closes the genome.
 *
 * @param run its folder, for messages
 * @throws {RunFolderError} when it was trained on labelled sequences
 * @throws as `openData` does
 */
export async function openRunData(
  run: string,
  { labelled, data }: PretrainConfig,
  io: OpenIo,
): Promise<RunData> {
  if (labelled.labels === undefined) return openData(data, io);
  throw new RunFolderError(
    `expected a run that was trained on a genome, got ${run}, trained on the labelled sequences of ${labelled.labels} ` +
      "(its validation is in metrics.jsonl)",
  );
}
