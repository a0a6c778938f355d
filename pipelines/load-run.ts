/** A trained run as evaluation and generation need it: its configuration and its averaged weights. */

import { paramShapes } from "../src/model/param-shapes.ts";
import type { NamedArrays } from "../src/tensor/named-arrays.ts";
import { arraysFromFile, EMA_FILE } from "../src/train/state-files.ts";
import { type PretrainConfig, readRunConfig } from "./pretrain/options.ts";
import { expectSameModel, savedDataDigest } from "./pretrain/run-identity.ts";
import { expectRunFolder, readRunCheckpoint } from "./run-folder/read-run.ts";
import { savedArithmetic } from "./run-folder/saved-state.ts";

export interface LoadedRun {
  readonly config: PretrainConfig;
  /** Updates that the weights have seen. */
  readonly step: number;
  /** Exponential average of the weights. */
  readonly weights: NamedArrays;
  /** Folder and hash of the checkpoint. */
  readonly checkpoint: string;
  readonly checkpointSha256: string;
  /** What computed it, in words; undefined where the checkpoint does not say. */
  readonly arithmetic: string | undefined;
  /** Digest of the data that it was trained on. */
  readonly dataDigest: string;
  readonly notices: readonly string[];
}

/**
 * Loads the newest whole checkpoint of a run.
 *
 * @param model to expect instead of the run's own configuration's
 * @throws {RunFolderError} when the folder is no run or has no checkpoint yet
 * @throws {CheckpointError} when no checkpoint is whole, or its tensors are not the model's or not finite
 * @throws {ConfigError} when the weights are another network's
 */
export async function loadRun(path: string, model?: PretrainConfig["model"]): Promise<LoadedRun> {
  expectRunFolder(path, "pretrain");
  const config = await readRunConfig(path);
  const { checkpoint, notices } = await readRunCheckpoint(path, "pretrain");
  const expected = model ?? config.model;
  expectSameModel(checkpoint, expected);
  return {
    config,
    step: checkpoint.step,
    weights: arraysFromFile(checkpoint.files, EMA_FILE, paramShapes(expected), checkpoint.dir),
    checkpoint: checkpoint.dir,
    checkpointSha256: checkpoint.manifestSha256,
    arithmetic: savedArithmetic(checkpoint),
    dataDigest: savedDataDigest(checkpoint),
    notices,
  };
}
