/** The training windows of a configuration: what trains, and what writes shards, reads the same. */

import { type GenomeWindowOptions, genomeWindows } from "../src/data/genome-windows.ts";
import type { WindowSource } from "../src/data/window-source.ts";
import { windowYield } from "../src/data/window-yield.ts";
import { formatCount } from "../src/util/format.ts";
import type { RunData } from "./open-data.ts";
import type { DataConfig } from "./pretrain/sections.ts";

/** How window i is found, in words; changed whenever it is found otherwise, so that no run or shard mixes both. */
export const WINDOWS_DRAWN = "epochs of tiles";

/** Returns all that decides which windows are made, as plain data that a worker thread can be given. */
function trainingWindowOptions(
  { training }: RunData,
  { length, maxN, maxSoftMasked, reverseComplement }: DataConfig,
  seed: number,
): GenomeWindowOptions {
  return { length, frame: training.frame, maxN, maxSoftMasked, reverseComplement, seed };
}

export interface TrainingWindows {
  readonly source: WindowSource;
  readonly notices: readonly string[];
}

/**
 * Returns the training windows, after a look at the first of them.
 *
 * @throws {RegionError} when no region holds a window, or hardly any window is within the limits
 */
export async function openTrainingWindows(
  data: RunData,
  config: DataConfig,
  seed: number,
): Promise<TrainingWindows> {
  const { genome, training } = data;
  const options = trainingWindowOptions(data, config, seed);
  const { looked, usable, softMasked } = await windowYield(genome, training.intervals, options);
  const notices: string[] = [];
  if (2 * usable < looked) {
    notices.push(
      `${usable} of the first ${formatCount(looked)} windows are within the limits: the others are replaced, so windows repeat more often`,
    );
  }
  if (config.maxSoftMasked < 1 && softMasked === 0) {
    notices.push(
      `--max-soft-masked may refuse nothing: no base of the first ${formatCount(looked)} windows is lower case in ${genome.name}`,
    );
  }
  return { source: genomeWindows(genome, training.intervals, options), notices };
}
