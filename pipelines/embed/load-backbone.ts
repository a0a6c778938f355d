/** The backbone of a run, whichever command made it. */

import { RunFolderError } from "../../src/errors.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { loadClassifier } from "../load-classifier.ts";
import { loadRun } from "../load-run.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { isRunOf } from "../run-folder/run-kind.ts";

export interface LoadedBackbone {
  readonly config: DenoiserConfig;
  /** The backbone's among others: of a pretrained run the average, of a fine-tuned one those of its best epoch. */
  readonly weights: NamedArrays;
  readonly step: number;
  readonly checkpointSha256: string;
  /** Bases of the windows of pretraining, where this is such a run. */
  readonly windowBases?: number;
  readonly notices: readonly string[];
}

/**
 * Loads the newest whole checkpoint of a run.
 *
 * @throws {RunFolderError} when the folder is no run, has no checkpoint yet, or its network has no backbone
 * @throws {CheckpointError} when no checkpoint is whole, or its tensors are not the network's or not finite
 */
export async function loadBackbone(path: string): Promise<LoadedBackbone> {
  expectRunFolder(path, "pretrain", "finetune");
  if (await isRunOf("finetune", path)) {
    const { config, network, ...run } = await loadClassifier(path);
    if (network.longest !== undefined) {
      throw new RunFolderError(
        `expected a run with a transformer, whose features are embeddings, got ${path}, of the benchmark's convolutional network`,
      );
    }
    return { ...run, config: config.model };
  }
  const { config, ...run } = await loadRun(path);
  return { ...run, config: config.model, windowBases: config.data.length };
}
