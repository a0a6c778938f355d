/** Which values of a study's configuration do not go together; looked at before anything is opened. */

import { ConfigError } from "../../src/errors.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { expectSplits } from "../expect-splits.ts";
import { parseArms } from "./arm.ts";
import { checkSettings } from "./arm-settings.ts";
import type { StudyConfig } from "./options.ts";
import { planTrials } from "./plan.ts";

/** @throws {ConfigError} naming the first that is wrong */
export async function checkStudy(config: StudyConfig): Promise<void> {
  const { data, model, sample, setFor = [] } = config;
  const { width, layers, heads } = model;
  checkSettings(setFor, parseArms(config.objectives));
  expectSplits(data);
  expectDenoiserConfig({ width, layers, heads });
  const most = Math.max(...(sample.calls ?? [1]));
  if (most > data.length) {
    throw new ConfigError(
      `expected --calls of at most ${data.length}, the bases of a window, got ${most}: no more can be decided one by one`,
    );
  }
  await planTrials(config); // refuses what an arm cannot be trained with
}
