/** The state that training begins with: fresh, another run's weights, or this run's checkpoint. */

import { addCondition } from "../../src/model/add-condition.ts";
import { isTold } from "../../src/model/condition.ts";
import { fitHead } from "../../src/model/fit-head.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { paramShapes } from "../../src/model/param-shapes.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { stateFromFiles } from "../../src/train/state-files.ts";
import { initialState, type TrainState } from "../../src/train/train-state.ts";
import { formatNumberOf } from "../../src/util/format.ts";
import { loadRun } from "../load-run.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { type PretrainConfig, readRunConfig } from "./options.ts";
import { readAs } from "./shift-of-init.ts";

/** Returns the state, which the caller disposes; `notify` is told where another run's weights come from. */
export async function startState(
  config: PretrainConfig,
  { checkpoint }: RunFolder,
  notify: (line: string) => void,
): Promise<TrainState> {
  const shapes = paramShapes(config.model);
  if (checkpoint !== undefined) {
    return stateFromFiles(checkpoint.step, checkpoint.files, shapes, checkpoint.dir);
  }
  if (config.init !== undefined) {
    const { weights, notices } = await initialWeights(config.init, config);
    for (const notice of notices) notify(notice);
    return initialState(weights);
  }
  return initialState(initDenoiser(config.model, config.seed));
}

export interface InitialWeights {
  readonly weights: NamedArrays;
  /** Checkpoints that were passed over, and which one the weights are of. */
  readonly notices: readonly string[];
}

/**
 * Returns the weights of another run; those of one that was not told classes or noise are made to be told them where training tells them,
 * and a head of other columns is fitted.
 *
 * @throws {RunFolderError | CheckpointError | ConfigError} when the run cannot be loaded, or is another network's
 */
export async function initialWeights(
  run: string,
  { model, seed }: PretrainConfig,
): Promise<InitialWeights> {
  expectRunFolder(run, "pretrain");
  const { model: saved, train } = await readRunConfig(run);
  const { classes, isToldNoise, ...untold } = model;
  const known = {
    ...untold,
    ...(classes === undefined || saved.classes === undefined ? {} : { classes }),
    ...(isToldNoise === undefined || saved.isToldNoise === undefined ? {} : { isToldNoise }),
  };
  const { weights, step, checkpoint, notices } = await loadRun(run, readAs(saved, known));
  const fit = fitHead(weights, model);
  return {
    weights: isTold(model) ? addCondition(fit, model, seed) : fit,
    notices: [
      ...notices,
      `first weights: those of ${checkpoint}, ${formatNumberOf(step, "step")} of ${train.objective}`,
    ],
  };
}
