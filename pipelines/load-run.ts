/** A trained run as evaluation and generation need it: its configuration and its averaged weights. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { RunFolderError } from "../src/errors.ts";
import { type ParamShapes, paramShapes } from "../src/model/param-shapes.ts";
import type { NamedArrays } from "../src/tensor/named-arrays.ts";
import { readNewestCheckpoint } from "../src/train/checkpoint/read-newest-checkpoint.ts";
import { arraysFromFile, EMA_FILE } from "../src/train/state-files.ts";
import { type PretrainConfig, readRunConfig } from "./pretrain/options.ts";

export interface LoadedRun {
  readonly config: PretrainConfig;
  /** Updates that the weights have seen. */
  readonly step: number;
  /** Exponential average of the weights. */
  readonly weights: NamedArrays;
  /** Folder and hash of the checkpoint. */
  readonly checkpoint: string;
  readonly checkpointSha256: string;
  readonly notices: readonly string[];
}

/**
 * Loads the newest whole checkpoint of a run.
 *
 * @param shapes to expect instead of those of the run's own configuration
 * @throws {RunFolderError} when the folder is no run or has no checkpoint yet
 * @throws {CheckpointError} when no checkpoint is whole, or its tensors are not the model's
 */
export async function loadRun(path: string, shapes?: ParamShapes): Promise<LoadedRun> {
  if (!existsSync(join(path, "config.yaml"))) {
    throw new RunFolderError(
      `expected a run folder, got ${path} without config.yaml: give the folder that gdiff pretrain printed`,
    );
  }
  const config = await readRunConfig(path);
  const { checkpoint, skipped } = await readNewestCheckpoint(path);
  if (checkpoint === undefined) {
    throw new RunFolderError(
      `expected a checkpoint in ${path}, got none yet: go on with gdiff pretrain --resume --out ${path}`,
    );
  }
  return {
    config,
    step: checkpoint.step,
    weights: arraysFromFile(
      checkpoint.files,
      EMA_FILE,
      shapes ?? paramShapes(config.model),
      checkpoint.dir,
    ),
    checkpoint: checkpoint.dir,
    checkpointSha256: checkpoint.manifestSha256,
    notices: skipped.map(({ reason }) => `warning: checkpoint passed over: ${reason}`),
  };
}
