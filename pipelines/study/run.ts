/** `gdiff study objectives`: arms and seeds in; trials as run folders, and one report of how the objectives compare, out. */

import { relative } from "node:path";
import { StoppedError, TrainingError } from "../../src/errors.ts";
import { retryTexts } from "../../src/report/study/failure-text.ts";
import { type StudyVerdict, studyVerdicts } from "../../src/report/study/study-verdict.ts";
import type { FailedStudyTrial, StudyRecord } from "../../src/report/study-record.ts";
import { lockRunFolder } from "../../src/train/run-folder/lock-run-folder.ts";
import { formatCount, formatNumberOf } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { openData, type RunData } from "../open-data.ts";
import { dataDigest } from "../pretrain/data-digest.ts";
import { makeFolder } from "../run-folder/make-folder.ts";
import { stopRequest, turn } from "../stop.ts";
import { readFailure } from "../trials/failed-trial.ts";
import { formatPlan, formatStudy } from "./format-report.ts";
import type { StudyConfig } from "./options.ts";
import { planTrials, type StudyTrial } from "./plan.ts";
import { markovSequences, realWindows } from "./real-sequences.ts";
import { runTrials, type TrialCount } from "./run-trials.ts";
import { expectSameStudy, expectSameTrial, rememberStudy } from "./same-study.ts";
import { studyRecord } from "./study-record.ts";
import { readTrial, type TrialResult } from "./trial-results.ts";
import { type StudyFiles, writeStudy } from "./write-report.ts";

/** What a study came to; printed under `--json`. */
export interface StudySummary {
  readonly out: string;
  readonly trials: number;
  /** Of them, those whose training could not go on; absent for a dry run, as is what follows. */
  readonly failed?: number;
  /** From the fewest bits per base to the most. */
  readonly arms?: readonly ArmSummary[];
  readonly verdicts?: readonly StudyVerdict[];
  readonly report?: StudyFiles;
}

interface ArmSummary
  extends Pick<
    StudyRecord["arms"][number],
    "name" | "kind" | "parameters" | "tokens" | "bits" | "tokensPerSecond" | "samples"
  > {}

/**
 * Runs every trial that has not finished, and writes the report.
 *
 * @throws {StoppedError} when `io.signal` aborted; the same configuration goes on
 * @throws {ConfigError} when the folder holds another study
 * @throws {RunFolderError} when it is a run
 * @throws {RegionError} when the test regions have no two windows
 * @throws {TrainingError} when a trial fails for another reason than its training, or every one failed
 */
export async function runStudy(config: StudyConfig, io: PipelineIo): Promise<StudySummary> {
  const trials = await planTrials(config);
  const data = await openData(config.data, io);
  try {
    for (const notice of [...data.notices, ...warmUpNotices(trials)]) io.stderr(notice);
    const real = await realWindows(data, config.data.length, config.sample.count);
    if (config.dryRun) {
      await expectSameFolder(config, trials, await dataDigest(data));
      await io.stdout(formatPlan(trials, config));
      return { out: config.out, trials: trials.length };
    }
    await makeFolder(config.out);
    const lock = await lockRunFolder(config.out);
    try {
      return await underLock(config, { trials, data, real }, io);
    } finally {
      io.progress.finish();
      await lock.release();
    }
  } finally {
    await data.genome.close();
  }
}

interface OpenedStudy {
  readonly trials: readonly StudyTrial[];
  readonly data: RunData;
  readonly real: readonly Uint8Array[];
}

async function underLock(
  config: StudyConfig,
  { trials, data, real }: OpenedStudy,
  io: PipelineIo,
): Promise<StudySummary> {
  const count: TrialCount = { done: 0, total: trials.length };
  try {
    const digest = await dataDigest(data);
    await expectSameFolder(config, trials, digest);
    await rememberStudy(config, digest);
    io.stderr(`${formatNumberOf(trials.length, "trial")} of ${formatCount(config.tokens)} bases`);
    await runTrials(trials, digest, config, count, io);
    io.stderr("comparing");
    const { results, failures } = await readTrials(trials, config, io);
    const { count: sequences } = config.sample;
    const markov = await markovSequences(data, config.data.length, sequences, () =>
      turn(io.signal),
    );
    const record = await studyRecord({ results, failures, real, markov, digest }, config);
    const report = await writeStudy(config.out, record);
    await io.stdout(`${formatStudy(record)}report ${report.html}\n`);
    return {
      ...{ out: config.out, trials: trials.length, failed: failures.length },
      arms: record.arms.map(
        ({ name, kind, parameters, tokens, bits, tokensPerSecond, samples }) => ({
          ...{ name, kind, parameters, tokens, bits, tokensPerSecond, samples },
        }),
      ),
      verdicts: studyVerdicts(record),
      report,
    };
  } catch (error) {
    const request = stopRequest(io.signal);
    if (request === undefined || error !== io.signal.reason) throw error;
    throw new StoppedError(
      request.exitCode,
      `stopped by ${request.signal} with ${count.done} of ${count.total} trials done; the same command goes on in ${config.out}`,
    );
  }
}

/** Checks what is in the folder already, without a change to it. */
async function expectSameFolder(
  config: StudyConfig,
  trials: readonly StudyTrial[],
  digest: string,
): Promise<void> {
  await expectSameStudy(config, digest);
  for (const trial of trials) await expectSameTrial(trial);
}

/** A line on every stage that ends before its learning rate has risen, or before heavy masks come. */
function warmUpNotices(trials: readonly StudyTrial[]): readonly string[] {
  return trials
    .filter(({ seed }) => seed === 1)
    .flatMap(({ arm, stages }) =>
      stages.flatMap(({ config: { train } }) =>
        (["warmup", "maskWarmup"] as const)
          .filter((key) => train[key] >= train.steps)
          .map(
            (key) =>
              `warning: ${arm.name}: ${train.objective} has ${formatNumberOf(train.steps, "step")}, no more than the ${formatCount(train[key])} of train.${key}`,
          ),
      ),
    );
}

async function readTrials(
  trials: readonly StudyTrial[],
  config: StudyConfig,
  io: PipelineIo,
): Promise<{ results: readonly TrialResult[]; failures: readonly FailedStudyTrial[] }> {
  const results: TrialResult[] = [];
  const failures: FailedStudyTrial[] = [];
  for (const trial of trials) {
    await turn(io.signal);
    const { arm, seed, folder } = trial;
    const failure = await readFailure(folder);
    if (failure === undefined) results.push(await readTrial(trial, config, io.signal));
    else {
      const own = relative(config.out, folder);
      failures.push({ arm: arm.name, seed, reason: failure.reason, folder: own });
    }
  }
  if (results.length > 0) return { results, failures };
  throw new TrainingError(
    `expected a trial whose training goes on to its end, got none: ${failures[0]?.reason} (in ${config.out}). ${retryTexts(failures).join(" ")}`,
  );
}
