/** The state that training begins with: fresh, another run's weights, or this run's checkpoint. */

import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { paramShapes } from "../../src/model/param-shapes.ts";
import { stateFromFiles } from "../../src/train/state-files.ts";
import { initialState, type TrainState } from "../../src/train/train-state.ts";
import { loadRun } from "../load-run.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import type { PretrainConfig } from "./options.ts";

/** Returns the state; the caller disposes it. */
export async function startState(
  config: PretrainConfig,
  { checkpoint }: RunFolder,
): Promise<TrainState> {
  const shapes = paramShapes(config.model);
  if (checkpoint !== undefined) {
    return stateFromFiles(checkpoint.step, checkpoint.files, shapes, checkpoint.dir);
  }
  if (config.init !== undefined)
    return initialState((await loadRun(config.init, config.model)).weights);
  return initialState(initDenoiser(config.model, config.seed));
}
