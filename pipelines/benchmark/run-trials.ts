/** Runs the trials of a set that have not finished: baselines here, then networks, some at once. */

import type { FinetuneConfig } from "../finetune/options.ts";
import type { PipelineIo } from "../io.ts";
import { turn } from "../stop.ts";
import { writeFailure } from "../trials/failed-trial.ts";
import { jobThreads, runJobs } from "../trials/run-jobs.ts";
import { runTrialProcess } from "../trials/trial-process.ts";
import { runBaselineTrial } from "./baseline-trial.ts";
import type { BenchmarkConfig } from "./options.ts";
import type { SeedParts } from "./seed-parts.ts";
import type { SetFiles } from "./set-files.ts";
import { type Setting, type Trial, trialFolder, trialName } from "./trial.ts";
import { trialArguments, trialConfig } from "./trial-config.ts";
import { trialState } from "./trial-state.ts";

export interface SetTrials {
  readonly files: SetFiles;
  readonly trials: readonly Trial[];
  readonly partsOf: (seed: number) => SeedParts;
}

/**
 * Runs what is left to do. A trial whose training cannot go on ends alone; it is not tried again.
 *
 * @param onTrial called as each trial begins or turns out to have ended
 * @throws the signal's reason when it aborted; those that run have saved then
 * @throws {TrainingError} when a trial fails for another reason; the others are stopped, and have saved
 * @throws {ConfigError} when a folder holds a trial of something else
 */
export async function runTrials(
  { files, trials, partsOf }: SetTrials,
  config: BenchmarkConfig,
  io: PipelineIo,
  onTrial: (name: string) => void,
): Promise<void> {
  const waiting: { trial: Trial; own: FinetuneConfig }[] = [];
  for (const trial of trials) {
    await turn(io.signal);
    const folder = trialFolder(config.out, trial);
    const parts = partsOf(trial.seed);
    const own = isNetwork(trial) ? await trialConfig(config, files, trial) : undefined;
    const isOpen = (await trialState(folder, parts, own)) === "open";
    if (own !== undefined && isOpen) waiting.push({ trial, own });
    else onTrial(trialName(trial));
    if (own === undefined && isOpen) await runBaselineTrial(folder, trial, parts);
  }
  const threads = jobThreads(config.jobs);
  await runJobs(waiting, config.jobs, io.signal, async ({ trial, own }, signal) => {
    const [name, folder] = [trialName(trial), trialFolder(config.out, trial)];
    onTrial(name);
    const args = trialArguments(own);
    const end = await runTrialProcess({ name, folder, args, signal, threads });
    if (end.kind !== "diverged") return;
    const { seed, dataSha256 } = partsOf(trial.seed);
    await writeFailure(folder, { seed, dataSha256, reason: end.reason });
    io.stderr(`trial ${name} failed, the others go on: ${end.reason}`);
  });
}

function isNetwork(trial: Trial): trial is Trial & { readonly setting: Setting } {
  return trial.setting !== undefined;
}
