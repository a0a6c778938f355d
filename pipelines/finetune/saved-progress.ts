/** What a fine-tuning run goes on with besides its tensors: the best epoch so far, and its weights. */

import { CheckpointError } from "../../src/errors.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { arraysFromFile } from "../../src/train/state-files.ts";
import { STATE_FILE, savedPart } from "../run-folder/saved-state.ts";
import type { EpochScore } from "./better-epoch.ts";

/** All parameters as they were after the best epoch; before the first, as training began. */
export const BEST_FILE = "best.safetensors";

export interface FinetuneProgress {
  readonly best: EpochScore | undefined;
  readonly bestWeights: NamedArrays;
}

/** The part of state.json. */
export function progressJson(best: EpochScore | undefined): Readonly<Record<string, unknown>> {
  return { progress: { best: best ?? null } };
}

/**
 * Returns what a checkpoint holds of it.
 *
 * @param shapes of all parameters
 * @throws {CheckpointError} when it is missing, or not the network's
 */
export function savedProgress(
  checkpoint: Checkpoint,
  shapes: Readonly<Record<string, readonly number[]>>,
): FinetuneProgress {
  const bestWeights = arraysFromFile(checkpoint.files, BEST_FILE, shapes, checkpoint.dir);
  return { best: savedBest(checkpoint), bestWeights };
}

/** @throws {CheckpointError} when state.json has no progress */
function savedBest(checkpoint: Checkpoint): EpochScore | undefined {
  const progress = savedPart(checkpoint, "progress");
  const best = progress?.best;
  if (best === null) return undefined;
  if (isScore(best)) return best;
  throw new CheckpointError(
    `${checkpoint.dir}/${STATE_FILE}: expected the best epoch under "progress", got ${JSON.stringify(best) ?? "nothing"}`,
  );
}

function isScore(value: unknown): value is EpochScore {
  if (typeof value !== "object" || value === null) return false;
  return ["epoch", "accuracy", "lossNats"].every((key) => Number.isFinite(Reflect.get(value, key)));
}
