/** The checkpoint of a fine-tuning run: the state of what is trained, and the best weights so far. */

import { configYaml } from "../../src/config/config-yaml.ts";
import { encodeSafetensors } from "../../src/tensor/safetensors.ts";
import { pruneCheckpoints } from "../../src/train/checkpoint/prune-checkpoints.ts";
import { writeCheckpoint } from "../../src/train/checkpoint/write-checkpoint.ts";
import { stateToFiles } from "../../src/train/state-files.ts";
import type { TrainState } from "../../src/train/train-state.ts";
import type { Arithmetic } from "../run-folder/arithmetic.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import { type Identity, STATE_FILE, stateJson } from "../run-folder/saved-state.ts";
import { type FinetuneConfig, finetuneOptions } from "./options.ts";
import { BEST_FILE, type FinetuneProgress, progressJson } from "./saved-progress.ts";

/** What a checkpoint says of the run that it belongs to. */
export interface SavedRun {
  readonly config: FinetuneConfig;
  readonly folder: RunFolder;
  readonly identity: Identity;
  readonly arithmetic: Arithmetic;
  readonly gdiffVersion: string;
}

/** Writes it, and returns its folder. */
export async function saveProgress(
  state: TrainState,
  { best, bestWeights }: FinetuneProgress,
  { config, folder, identity, arithmetic, gdiffVersion }: SavedRun,
): Promise<string> {
  const files = {
    ...(await stateToFiles(state)),
    [BEST_FILE]: encodeSafetensors(bestWeights, { format: "pt" }),
    [STATE_FILE]: stateJson(state.step, identity, arithmetic, progressJson(best)),
    "config.yaml": new TextEncoder().encode(configYaml(finetuneOptions, config)),
  };
  const dir = await writeCheckpoint(folder.path, state.step, files, { gdiffVersion });
  await pruneCheckpoints(folder.path, config.train.keep);
  return dir;
}
