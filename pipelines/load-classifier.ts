/** A fine-tuned run as prediction needs it: its network and the weights of its best epoch. */

import type { NamedArrays } from "../src/tensor/named-arrays.ts";
import type { EpochScore } from "./finetune/better-epoch.ts";
import { cnnConfig, cnnPrediction } from "./finetune/cnn-network.ts";
import { FRESH, savedNetwork } from "./finetune/identity.ts";
import type { PredictingNetwork } from "./finetune/network.ts";
import { type FinetuneConfig, readFinetuneConfig } from "./finetune/options.ts";
import { savedProgress } from "./finetune/saved-progress.ts";
import { transformerPrediction } from "./finetune/transformer-network.ts";
import { expectRunFolder, readRunCheckpoint } from "./run-folder/read-run.ts";
import { savedArithmetic } from "./run-folder/saved-state.ts";

export interface LoadedClassifier {
  readonly config: FinetuneConfig;
  readonly classes: readonly string[];
  /** SHA-256 over the sequences of train and valid. */
  readonly dataDigest: string;
  /** SHA-256 of the pretrained checkpoint's manifest; absent of fresh weights. */
  readonly pretrainedSha256?: string;
  readonly network: PredictingNetwork;
  /** Of the best epoch. */
  readonly weights: NamedArrays;
  /** Absent where none was done: the weights are those that training began with. */
  readonly best?: EpochScore;
  /** Updates up to the checkpoint. */
  readonly step: number;
  /** Folder and hash of the checkpoint. */
  readonly checkpoint: string;
  readonly checkpointSha256: string;
  /** What computed it, in words; undefined where the checkpoint does not say. */
  readonly arithmetic: string | undefined;
  readonly notices: readonly string[];
}

/**
 * Loads the newest whole checkpoint of a fine-tuned run.
 *
 * @throws {RunFolderError} when the folder is no run, a pretrained one, or has no checkpoint yet
 * @throws {CheckpointError} when no checkpoint is whole, or its tensors are not the network's or not finite
 */
export async function loadClassifier(path: string): Promise<LoadedClassifier> {
  expectRunFolder(path, "finetune");
  const config = await readFinetuneConfig(path);
  const { checkpoint, notices } = await readRunCheckpoint(path, "finetune");
  const { classes, longest, dataDigest, startDigest } = savedNetwork(checkpoint);
  const network =
    longest === undefined
      ? transformerPrediction(config.model, classes.length)
      : cnnPrediction(cnnConfig(longest, classes.length));
  const { best, bestWeights } = savedProgress(checkpoint, network.shapes);
  return {
    config,
    ...{ classes, dataDigest, network },
    ...(startDigest === FRESH ? {} : { pretrainedSha256: startDigest }),
    weights: bestWeights,
    ...(best === undefined ? {} : { best }),
    step: checkpoint.step,
    checkpoint: checkpoint.dir,
    checkpointSha256: checkpoint.manifestSha256,
    arithmetic: savedArithmetic(checkpoint),
    notices: [
      ...notices,
      ...(best === undefined
        ? [
            `warning: ${path} has not ended an epoch: its weights are those that training began with`,
          ]
        : []),
    ],
  };
}
