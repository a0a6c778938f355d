/** The state that training begins with: fresh, another run's weights, or this run's checkpoint. */

import { addCondition } from "../../src/model/add-condition.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { paramShapes } from "../../src/model/param-shapes.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { stateFromFiles } from "../../src/train/state-files.ts";
import { initialState, type TrainState } from "../../src/train/train-state.ts";
import { loadRun } from "../load-run.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { type PretrainConfig, readRunConfig } from "./options.ts";

/** Returns the state; the caller disposes it. */
export async function startState(
  config: PretrainConfig,
  { checkpoint }: RunFolder,
): Promise<TrainState> {
  const shapes = paramShapes(config.model);
  if (checkpoint !== undefined) {
    return stateFromFiles(checkpoint.step, checkpoint.files, shapes, checkpoint.dir);
  }
  if (config.init !== undefined) return initialState(await initialWeights(config.init, config));
  return initialState(initDenoiser(config.model, config.seed));
}

/**
 * Returns the weights of another run; those of one that was told nothing are made to be told classes where training has some.
 *
 * @throws {RunFolderError | CheckpointError | ConfigError} when the run cannot be loaded, or is another network's
 */
export async function initialWeights(
  run: string,
  { model, seed }: PretrainConfig,
): Promise<NamedArrays> {
  const { classes, ...untold } = model;
  if (classes === undefined) return (await loadRun(run, model)).weights;
  expectRunFolder(run, "pretrain");
  const isTold = (await readRunConfig(run)).model.classes !== undefined;
  if (isTold) return (await loadRun(run, model)).weights;
  return addCondition((await loadRun(run, untold)).weights, model, seed);
}
