/** Runs the trials of a set that have not finished: baselines here, then networks, some at once. */

import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { threadsFor } from "../../src/util/addon/settings.ts";
import type { FinetuneConfig } from "../finetune/options.ts";
import type { PipelineIo } from "../io.ts";
import { turn } from "../stop.ts";
import { runBaselineTrial } from "./baseline-trial.ts";
import { writeFailure } from "./failed-trial.ts";
import type { BenchmarkConfig } from "./options.ts";
import type { SeedParts } from "./seed-parts.ts";
import type { SetFiles } from "./set-files.ts";
import { type Setting, type Trial, trialFolder, trialName } from "./trial.ts";
import { trialArguments, trialConfig } from "./trial-config.ts";
import { runTrialProcess } from "./trial-process.ts";
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
  const threads = threadsFor(process.env, availableParallelism());
  const failure = new AbortController();
  const signal = AbortSignal.any([io.signal, failure.signal]);
  setMaxListeners(0, signal); // one a job
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (signal.aborted) return;
      const [name, folder] = [trialName(next.trial), trialFolder(config.out, next.trial)];
      onTrial(name);
      const end = await runTrialProcess({
        ...{ name, folder, args: trialArguments(next.own), signal },
        threads: Math.max(1, Math.floor(threads / config.jobs)),
      });
      if (end.kind === "ended") continue;
      const { seed, dataSha256 } = partsOf(next.trial.seed);
      await writeFailure(folder, { seed, dataSha256, reason: end.reason });
      io.stderr(`trial ${name} failed, the others go on: ${end.reason}`);
    }
  };
  const workers = Array.from({ length: config.jobs }, () =>
    work().catch((error: unknown) => {
      failure.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  io.signal.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

function isNetwork(trial: Trial): trial is Trial & { readonly setting: Setting } {
  return trial.setting !== undefined;
}
