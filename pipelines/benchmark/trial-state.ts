/** How far a trial is, and whether it is one of this benchmark. */

import { join } from "node:path";
import { ConfigError } from "../../src/errors.ts";
import { type FinetuneConfig, finetuneOptions } from "../finetune/options.ts";
import { configDrift } from "../run-folder/config-drift.ts";
import { readFailure } from "../trials/failed-trial.ts";
import type { SeedParts } from "./seed-parts.ts";
import { readTrialResult } from "./trial-result.ts";

/** Open: not begun, or begun and not ended. */
export type TrialState = "finished" | "failed" | "open";

/** Copies of the set's files, whose digest is compared instead. */
const MOVABLE = /^data\.(?:train|test) /;

/**
 * Returns how far the trial in `folder` is.
 *
 * @param config of a network's trial
 * @throws {ConfigError} when it was made with other settings or on other sequences
 * @throws {TableError} when what it left is damaged
 */
export async function trialState(
  folder: string,
  { seed, dataSha256 }: Pick<SeedParts, "seed" | "dataSha256">,
  config?: FinetuneConfig,
): Promise<TrialState> {
  if (config !== undefined) {
    const drift = await configDrift(join(folder, "config.yaml"), finetuneOptions, config);
    const differences = drift.filter((line) => !MOVABLE.test(line));
    if (differences.length > 0) throw otherTrial(folder, differences.join("; "));
  }
  const result = await readTrialResult(folder);
  const ended = result ?? (await readFailure(folder));
  if (ended === undefined) return "open";
  if (ended.seed !== seed || ended.dataSha256 !== dataSha256) {
    throw otherTrial(folder, "its training and validation sequences were others");
  }
  return result === undefined ? "failed" : "finished";
}

function otherTrial(folder: string, what: string): ConfigError {
  return new ConfigError(
    `expected the trial in ${folder} to be of this benchmark, but ${what} (give another --out, or the settings that it began with)`,
  );
}
