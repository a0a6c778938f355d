/** `gdiff finetune`: labelled sequences in, a run folder with a trained classifier and its predictions out. */

import { basename, join } from "node:path";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { StoppedError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import { arithmeticOf } from "../run-folder/arithmetic.ts";
import {
  expectUsableFolder,
  openRunFolder,
  type RunFolder,
} from "../run-folder/open-run-folder.ts";
import { claimRunFolder } from "../run-folder/run-name.ts";
import { stopRequest, turn } from "../stop.ts";
import type { EpochScore } from "./better-epoch.ts";
import { formatFinetuneReport } from "./format-report.ts";
import { finetuneIdentity } from "./identity.ts";
import { openLabelled } from "./open-labelled.ts";
import { type FinetuneConfig, finetuneOptions } from "./options.ts";
import { describePlan, type FinetunePlan, planOf } from "./plan.ts";
import { type PartMetrics, predictParts } from "./predict-parts.ts";
import { rowOptions } from "./row-options.ts";
import { beginNetwork, startOrSaved } from "./start.ts";
import { type FinetuneOutcome, finetuneLoop } from "./train-loop.ts";
import { trainingRows } from "./training-rows.ts";

/** What a run came to; printed under `--json`, and written to `result.json`. */
export interface FinetuneSummary extends FinetunePlan {
  /** The run folder; absent for a dry run. */
  readonly run?: string;
  /** Updates made. */
  readonly step: number;
  readonly best?: EpochScore;
  /** Under the best epoch's weights; absent for a dry run. */
  readonly metrics?: PartMetrics;
}

/** Written last, when all predictions are. */
export const RESULT_FILE = "result.json";

/**
 * Trains as `config` says, then predicts valid and test under the weights of the best epoch. What can be refused is refused
 * before a folder is made.
 *
 * @throws {StoppedError} after a checkpoint when `io.signal` aborted or --max-time passed; `--resume` goes on
 * @throws {TrainingError} when a loss or gradient is not finite; the step's sequences are in the folder
 */
export async function runFinetune(
  config: FinetuneConfig,
  io: PipelineIo,
): Promise<FinetuneSummary> {
  const startedAt = performance.now();
  const gdiffVersion = packageVersion(); // now: the package may be replaced while a run goes on
  if (config.out !== undefined) await expectUsableFolder(config.out, config.resume);
  const data = await openLabelled(config.data, config.seed, io);
  for (const notice of data.notices) io.stderr(notice);
  await turn(io.signal);
  const backend = await selectBackend(config.backend, config);
  io.stderr(backend.notice);
  const rows = trainingRows(data.train, rowOptions(config, data.train));
  const begun = await beginNetwork(config, data, rows);
  const { network } = begun;
  try {
    for (const notice of begun.notices) io.stderr(notice);
    const plan = planOf(config, data, rows, begun, backend);
    io.stderr(describePlan(plan, config));
    if (config.dryRun) return { ...plan, step: 0 };
    const arithmetic = arithmeticOf(backend);
    const digests = [data.digest, begun.digest] as const;
    const identity = finetuneIdentity(config, data.classes, ...digests, network.longest);
    const folder = await openRunFolder(config.out ?? (await claimRunFolder(runName(config))), {
      ...{ config, options: finetuneOptions, identity, arithmetic, resume: config.resume },
    });
    try {
      for (const notice of folder.notices) io.stderr(notice);
      const { state, progress } = await startOrSaved(folder.checkpoint, network);
      const outcome = await finetuneLoop(state, progress, {
        ...{ config, folder, identity, arithmetic, gdiffVersion },
        ...{ network, rows, data, io, startedAt },
      });
      const { best, step, stopped } = outcome;
      if (stopped !== undefined) throw stoppedError(outcome, stopped, plan, folder);
      const metrics = await predictParts(network, outcome, data, config, folder.path, io).catch(
        (error: unknown) => {
          const request = error === io.signal.reason ? stopRequest(io.signal) : undefined;
          if (request === undefined) throw error;
          const { signal: reason, exitCode } = request;
          throw stoppedError(outcome, { reason, exitCode }, plan, folder);
        },
      );
      const summary: FinetuneSummary = {
        ...{ run: folder.path, ...plan, step },
        ...(best === undefined ? {} : { best }),
        metrics,
      };
      await writeResult(folder.path, summary);
      await io.stdout(formatFinetuneReport(summary));
      return summary;
    } finally {
      await folder.release();
    }
  } finally {
    network.dispose();
  }
}

/** What a run without --out is called: the set or file, and what it begins from. */
function runName({ data: { set, train }, run, fromScratch }: FinetuneConfig): string {
  const what = set ?? basename(train ?? "").replace(/\.[a-z]+(\.gz)?$/i, "");
  return `${what}-${run === undefined ? fromScratch : basename(run)}`;
}

async function writeResult(path: string, summary: FinetuneSummary): Promise<void> {
  const text = `${JSON.stringify(summary, undefined, 2)}\n`;
  await writeFileAtomic(join(path, RESULT_FILE), new TextEncoder().encode(text));
}

function stoppedError(
  { step, checkpoint }: Pick<FinetuneOutcome, "step" | "checkpoint">,
  { reason, exitCode }: { readonly reason: string; readonly exitCode: StopRequest["exitCode"] },
  { steps }: FinetunePlan,
  { path }: RunFolder,
): StoppedError {
  return new StoppedError(
    exitCode,
    `stopped by ${reason} after step ${step} of ${steps}; saved in ${checkpoint}; ` +
      `go on with: gdiff finetune --resume --out ${shellWord(path)}`,
  );
}
