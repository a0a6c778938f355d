/** What a run trains and validates on, read from the genome or from prepared shards: the same windows either way. */

import { openShards, type Shards } from "../../src/data/shards/open-shards.ts";
import { spreadNumber, spreadTiles } from "../../src/data/tiles.ts";
import { readWindow, type Window } from "../../src/data/window.ts";
import type { WindowSource } from "../../src/data/window-source.ts";
import { ConfigError } from "../../src/errors.ts";
import { formatCount } from "../../src/util/format.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { openData, type RunData } from "../open-data.ts";
import type { OpenIo } from "../open-named-genome.ts";
import { openTrainingWindows, WINDOWS_DRAWN } from "../training-windows.ts";
import { dataDigest } from "./data-digest.ts";
import { openLabelledTraining } from "./labelled-data.ts";
import type { PretrainConfig } from "./options.ts";

export interface TrainingData {
  readonly source: WindowSource;
  /** Returns `count` windows of the valid split, evenly spread; all when there are no more. */
  validWindows(count: number): Promise<readonly Window[]>;
  /** Whether the valid split has regions, be they too short for a window. */
  readonly hasValid: boolean;
  /** What `source.labelOf` counts, where the windows have classes. */
  readonly classes?: readonly string[];
  /** Of genome and splits, or of the labelled sequences. */
  digest(): Promise<string>;
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens what `config` names; the caller closes it.
 *
 * @param io told before something that takes long, and asked for a genome that is not on this machine
 * @throws {FileError | FastaError | CompressionError | IndexFileError} when the genome cannot be read
 * @throws {RegionError | BedError} when the splits do not lie on it, or hold no window
 * @throws {FileError | ShardError} when the shards cannot be read, or were changed
 * @throws {ConfigError} when fewer windows were prepared than training takes
 */
export async function openTrainingData(config: PretrainConfig, io: OpenIo): Promise<TrainingData> {
  const { labels } = config.labelled;
  if (labels !== undefined) return openLabelledTraining(labels, config, io);
  if (config.shards !== undefined) return shardData(await openShards(config.shards), config);
  const data = await openData(config.data, io);
  try {
    return await genomeData(data, config);
  } catch (error) {
    await data.genome.close();
    throw error;
  }
}

async function genomeData(data: RunData, config: PretrainConfig): Promise<TrainingData> {
  const { genome, splits } = data;
  const { source, notices } = await openTrainingWindows(data, config.data, config.seed);
  return {
    source,
    async validWindows(count) {
      const intervals = spreadTiles(splits.valid, config.data.length, count);
      return Promise.all(
        intervals.map((interval) => readWindow(genome, interval, "+")), // a server answers them at once
      );
    },
    hasValid: splits.valid.length > 0,
    digest: () => dataDigest(data),
    notices: [...data.notices, ...notices],
    close: () => genome.close(),
  };
}

async function shardData(
  { folder, manifest, source }: Shards,
  { train }: PretrainConfig,
): Promise<TrainingData> {
  if (manifest.drawn !== WINDOWS_DRAWN) {
    throw new ConfigError(
      `${folder}: expected windows as this gdiff finds them (${WINDOWS_DRAWN}), got ${manifest.drawn}: prepare them anew into another folder`,
    );
  }
  const windows = source("train");
  const perStep = train.batchSize * train.accumulate;
  const needed = train.steps * perStep;
  if (needed > windows.prepared) {
    throw new ConfigError(
      `expected ${formatCount(needed)} windows (${formatCount(train.steps)} steps of ${perStep}) in ${folder}, got ` +
        `${formatCount(windows.prepared)}: make more with gdiff data prepare --out ${shellWord(folder)} --windows ${needed}, ` +
        `or train ${Math.floor(windows.prepared / perStep)} steps`,
    );
  }
  await windows.window(0);
  return {
    source: windows,
    async validWindows(count) {
      const valid = source("valid");
      const wanted = Math.min(count, valid.prepared);
      const chosen: Window[] = [];
      for (let i = 0; i < wanted; i++) {
        const { ids, ...window } = await valid.window(spreadNumber(i, wanted, valid.prepared));
        chosen.push({ ...window, ids: ids.slice() }); // a view would keep its whole shard in memory
      }
      return chosen;
    },
    hasValid: manifest.splits.valid.length > 0,
    digest: async () => manifest.dataDigest,
    notices: [`training on the ${formatCount(windows.prepared)} windows prepared in ${folder}`],
    close: async () => {},
  };
}
