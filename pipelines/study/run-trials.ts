/** Runs what is left of the trials of a study, some at once. */

import type { PipelineIo } from "../io.ts";
import { readFailure, writeFailure } from "../trials/failed-trial.ts";
import { jobThreads, runJobs } from "../trials/run-jobs.ts";
import type { StudyConfig } from "./options.ts";
import type { StudyTrial } from "./plan.ts";
import { openParts, runTrial } from "./run-trial.ts";
import { trialParts } from "./trial-parts.ts";

/** Trials that have ended, for messages. */
export interface TrialCount {
  done: number;
  readonly total: number;
}

/**
 * Runs the trials that are not done. One whose training cannot go on ends alone; it is not tried again.
 *
 * @param dataSha256 of genome and splits
 * @param count goes up as trials end
 * @throws the signal's reason when it aborted; those that run have saved then
 * @throws {TrainingError} when a trial fails for another reason; the others are stopped, and have saved
 */
export async function runTrials(
  trials: readonly StudyTrial[],
  dataSha256: string,
  config: StudyConfig,
  count: TrialCount,
  io: PipelineIo,
): Promise<void> {
  const parts = (trial: StudyTrial) => trialParts(trial, config);
  const waiting: StudyTrial[] = [];
  for (const trial of trials) {
    const hasFailed = (await readFailure(trial.folder)) !== undefined;
    if (hasFailed || openParts(parts(trial)).length === 0) count.done++;
    else waiting.push(trial);
  }
  const threads = jobThreads(config.jobs);
  await runJobs(waiting, config.jobs, io.signal, async (trial, signal) => {
    const reason = await runTrial(parts(trial), {
      ...{ threads, signal },
      onPart: ({ name }) => io.progress.update(count.done, count.total, name),
    });
    if (signal.aborted) return;
    count.done++;
    if (reason === undefined) return;
    await writeFailure(trial.folder, { seed: trial.seed, dataSha256, reason });
    io.stderr(`trial ${trial.name} failed, the others go on: ${reason}`);
  });
  io.progress.update(count.done, count.total, "trials");
  io.progress.finish();
}
