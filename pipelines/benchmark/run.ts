/** `gdiff benchmark`: sets, models, settings and seeds in; trials as run folders, and one report, out. */

import { join } from "node:path";
import { readKnownBenchmarks } from "../../src/data/manifests/node-known-benchmarks.ts";
import { StoppedError } from "../../src/errors.ts";
import type { LeftOutSet } from "../../src/report/benchmark-record.ts";
import { type Verdict, verdicts } from "../../src/report/verdict.ts";
import { lockRunFolder } from "../../src/train/run-folder/lock-run-folder.ts";
import { formatCount } from "../../src/util/format.ts";
import type { PipelineIo } from "../io.ts";
import { makeFolder } from "../run-folder/make-folder.ts";
import { stopRequest } from "../stop.ts";
import { benchmarkRecord } from "./benchmark-record.ts";
import { modelsOf } from "./check-options.ts";
import { shortNotice } from "./expect-fit.ts";
import { formatBenchmark } from "./format-report.ts";
import { openSet } from "./open-set.ts";
import type { BenchmarkConfig } from "./options.ts";
import { prepareSets } from "./prepare-sets.ts";
import { expectSamePretrained } from "./pretrained-run.ts";
import { reportSets } from "./report-sets.ts";
import { runTrials } from "./run-trials.ts";
import type { SetFiles } from "./set-files.ts";
import { setSources } from "./set-sources.ts";
import { settingsOf, type Trial, trialsOf } from "./trial.ts";
import { type ReportFiles, writeReport } from "./write-report.ts";

/** What a benchmark came to; printed under `--json`. */
export interface BenchmarkSummary {
  readonly out: string;
  readonly sets: readonly string[];
  readonly leftOut: readonly LeftOutSet[];
  readonly trials: number;
  /** Of them, those whose training could not go on; absent for a dry run. */
  readonly failed?: number;
  /** Absent for a dry run, as is the report. */
  readonly verdicts?: readonly Verdict[];
  readonly report?: ReportFiles;
}

/**
 * Runs every trial that has not finished, chooses settings by validation, and writes the report.
 *
 * @throws {StoppedError} when `io.signal` aborted; the same configuration goes on
 * @throws {FileError} when no set can be read
 * @throws {TrainingError} when a trial fails for another reason than its training
 */
export async function runBenchmark(
  config: BenchmarkConfig,
  io: PipelineIo,
): Promise<BenchmarkSummary> {
  await makeFolder(config.out);
  const lock = await lockRunFolder(config.out);
  try {
    return await underLock(config, io);
  } finally {
    io.progress.finish();
    await lock.release();
  }
}

async function underLock(config: BenchmarkConfig, io: PipelineIo): Promise<BenchmarkSummary> {
  const { out } = config;
  const progress = { done: 0, total: 0 };
  try {
    const sources = setSources(config.sets, await readKnownBenchmarks());
    if (config.run !== undefined) await expectSamePretrained(out, config.run);
    const { sets, leftOut } = await prepareSets(sources, config, join(out, "data"), io);
    const plan = sets.map((files) => ({ files, trials: trialsOfSet(files, config) }));
    for (const { files } of plan) {
      const { given, partsOf } = await openSet(files, config);
      partsOf(1); // what can be refused is, before any trial
      const notice = shortNotice(given, modelsOf(config));
      if (notice !== undefined) io.stderr(notice);
    }
    progress.total = plan.reduce((sum, { trials }) => sum + trials.length, 0);
    const names = sets.map(({ name }) => name);
    io.stderr(`${formatCount(progress.total)} trials on ${names.join(", ")}`);
    const summary = { out, sets: names, leftOut, trials: progress.total };
    if (config.dryRun) return summary;
    for (const { files, trials } of plan) {
      const { partsOf } = await openSet(files, config);
      await runTrials({ files, trials, partsOf }, config, io, (name) => {
        io.progress.update(progress.done, progress.total, `trial ${name}`);
        progress.done++;
      });
    }
    io.progress.update(progress.total, progress.total, "trials");
    io.progress.finish();
    const reports = await reportSets(plan, config, io);
    const record = await benchmarkRecord({ ...reports, leftOut }, config);
    const report = await writeReport(out, record, reports.reported);
    await io.stdout(`${formatBenchmark(record)}report ${report.html}\n`);
    const failed = record.sets.reduce((sum, { failures }) => sum + failures.length, 0);
    return { ...summary, failed, verdicts: verdicts(record), report };
  } catch (error) {
    const request = stopRequest(io.signal);
    if (request === undefined || error !== io.signal.reason) throw error;
    throw new StoppedError(
      request.exitCode,
      `stopped by ${request.signal} in trial ${progress.done} of ${progress.total}; the same command goes on in ${out}`,
    );
  }
}

function trialsOfSet({ name }: SetFiles, config: BenchmarkConfig): readonly Trial[] {
  const grid = settingsOf(config.lr, config.batch);
  return trialsOf(name, modelsOf(config), grid, config.seeds);
}
