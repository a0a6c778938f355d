/** Whether a trial has finished, and is one of this benchmark. */

import { join } from "node:path";
import { ConfigError } from "../../src/errors.ts";
import { type FinetuneConfig, finetuneOptions } from "../finetune/options.ts";
import { configDrift } from "../run-folder/config-drift.ts";
import type { SeedParts } from "./seed-parts.ts";
import { readTrialResult, type TrialResult } from "./trial-result.ts";

/** Copies of the set's files, whose digest is compared instead. */
const MOVABLE = /^data\.(?:train|test) /;

/**
 * Returns the result of the trial in `folder`; undefined where it has not finished.
 *
 * @param config of a network's trial
 * @throws {ConfigError} when it was made with other settings or on other sequences
 */
export async function finishedTrial(
  folder: string,
  { seed, dataSha256 }: Pick<SeedParts, "seed" | "dataSha256">,
  config?: FinetuneConfig,
): Promise<TrialResult | undefined> {
  if (config !== undefined) {
    const drift = await configDrift(join(folder, "config.yaml"), finetuneOptions, config);
    const differences = drift.filter((line) => !MOVABLE.test(line));
    if (differences.length > 0) throw otherTrial(folder, differences.join("; "));
  }
  const result = await readTrialResult(folder);
  if (result === undefined) return undefined;
  if (result.seed !== seed || result.dataSha256 !== dataSha256) {
    throw otherTrial(folder, "its training and validation sequences were others");
  }
  return result;
}

function otherTrial(folder: string, what: string): ConfigError {
  return new ConfigError(
    `expected the trial in ${folder} to be of this benchmark, but ${what} (give another --out, or the settings that it began with)`,
  );
}
