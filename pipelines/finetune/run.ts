/** `gdiff finetune`: labelled sequences in, a run folder with a trained classifier and its predictions out. */

import { basename, join } from "node:path";
import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import { StoppedError } from "../../src/errors.ts";
import { type MetricRecord, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import { balancedWeights } from "../../src/train/classification/labelled-rows.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatCount } from "../../src/util/format.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import type { PipelineIo } from "../io.ts";
import { predictionsTable } from "../labelled/predictions-table.ts";
import { arithmeticOf } from "../run-folder/arithmetic.ts";
import {
  expectUsableFolder,
  openRunFolder,
  type RunFolder,
} from "../run-folder/open-run-folder.ts";
import { claimRunFolder } from "../run-folder/run-name.ts";
import { turn } from "../stop.ts";
import type { EpochScore } from "./better-epoch.ts";
import { formatFinetuneReport } from "./format-report.ts";
import { finetuneIdentity } from "./identity.ts";
import type { FinetuneNetwork } from "./network.ts";
import { type OpenedLabelled, openLabelled } from "./open-labelled.ts";
import { BENCHMARK_CNN, type FinetuneConfig, finetuneOptions } from "./options.ts";
import { logitsOfRows, predictPart } from "./predict-part.ts";
import { beginNetwork, startOrSaved } from "./start.ts";
import { type FinetuneOutcome, finetuneLoop } from "./train-loop.ts";
import { trainingRows } from "./training-rows.ts";

/** What a run came to; printed under `--json`, and written to `result.json`. */
export interface FinetuneSummary {
  /** The run folder; absent for a dry run. */
  readonly run?: string;
  readonly set: string;
  readonly classes: readonly string[];
  /** Sequences of each part. */
  readonly sequences: Readonly<Record<string, number>>;
  readonly parameters: number;
  readonly tunedParameters: number;
  /** Updates that the pretrained weights had seen; absent from scratch. */
  readonly pretrainedSteps?: number;
  readonly backend: string;
  readonly precision: Precision;
  /** Updates made, and planned at most. */
  readonly step: number;
  readonly steps: number;
  readonly best?: EpochScore;
  /** Metrics of each part that was predicted, under the best epoch's weights. */
  readonly metrics?: Readonly<Record<string, MetricRecord>>;
  readonly seed: number;
  /** SHA-256 of classes, labels and bases of train and valid. */
  readonly dataSha256: string;
}

/** Written last, when all predictions are. */
export const RESULT_FILE = "result.json";

/**
 * Trains as `config` says, then predicts valid and test under the weights of the best epoch. What can be refused is refused
 * before a folder is made.
 *
 * @throws {StoppedError} after a checkpoint when `io.signal` aborted or --max-time passed; `--resume` goes on
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
  const backend = await selectBackend(config.backend, config.precision);
  io.stderr(backend.notice);
  const rows = trainingRows(data.train, rowOptions(config, data));
  const begun = await beginNetwork(config, data, rows);
  const { network } = begun;
  try {
    for (const notice of begun.notices) io.stderr(notice);
    const plan = {
      set: data.name,
      classes: data.classes,
      sequences: countsOf(data),
      ...parametersOf(network),
      ...(begun.pretrainedSteps === undefined ? {} : { pretrainedSteps: begun.pretrainedSteps }),
      backend: backend.name,
      precision: backend.precision,
      steps: config.train.epochs * rows.stepsPerEpoch,
      seed: config.seed,
      dataSha256: data.digest,
    };
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
      if (outcome.stopped !== undefined) throw stoppedError(outcome, outcome.stopped, plan, folder);
      const metrics = await predictParts(config, data, network, outcome, folder, io);
      const { best, step } = outcome;
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

function rowOptions(
  { train, model, seed }: FinetuneConfig,
  { train: part, classes }: OpenedLabelled,
): Parameters<typeof trainingRows>[1] {
  const labels = part.sequences.map(({ label }) => label);
  const classWeights =
    train.classWeights === "balanced"
      ? balancedWeights(labels, classes.length)
      : classes.map(() => 1);
  const { batchSize, tokens, labelSmoothing, maskShare } = train;
  return {
    ...{
      batchSize,
      tokens,
      labelSmoothing,
      maskShare,
      classWeights,
      seed,
      classes: classes.length,
    },
    isEitherStrand: model.strand !== "forward",
  };
}

function countsOf({ train, valid, test }: OpenedLabelled): Readonly<Record<string, number>> {
  return {
    train: train.sequences.length,
    valid: valid.sequences.length,
    ...(test === undefined ? {} : { test: test.sequences.length }),
  };
}

function parametersOf({
  shapes,
  tuned,
}: FinetuneNetwork): Pick<FinetuneSummary, "parameters" | "tunedParameters"> {
  const sum = (names: readonly string[]): number =>
    names
      .map((name) => shapes[name] as readonly number[])
      .reduce((total, shape) => total + shape.reduce((product, size) => product * size, 1), 0);
  return { parameters: sum(Object.keys(shapes)), tunedParameters: sum(tuned) };
}

function describePlan(
  plan: Omit<FinetuneSummary, "step">,
  { run, fromScratch, model, train }: FinetuneConfig,
): string {
  const from =
    run === undefined
      ? `fresh weights of ${fromScratch}`
      : `${run} after ${formatCount(plan.pretrainedSteps ?? 0)} steps`;
  const how = fromScratch === BENCHMARK_CNN ? "" : ` (${model.tune}, ${model.head} head)`;
  return (
    `${from}: ${formatCount(plan.tunedParameters)} of ${formatCount(plan.parameters)} parameters tuned${how}; ` +
    `at most ${formatCount(plan.steps)} steps of ${train.batchSize} sequences`
  );
}

/** What a run without --out is called: the set or file, and what it begins from. */
function runName({ data: { set, train }, run, fromScratch }: FinetuneConfig): string {
  const what = set ?? basename(train ?? "").replace(/\.[a-z]+(\.gz)?$/i, "");
  return `${what}-${run === undefined ? fromScratch : basename(run)}`;
}

/** Valid and test under the best epoch's weights: tables beside the run, and their metrics. */
async function predictParts(
  config: FinetuneConfig,
  data: OpenedLabelled,
  network: FinetuneNetwork,
  { bestWeights, checkpoint, best }: FinetuneOutcome,
  { path }: RunFolder,
  io: PipelineIo,
): Promise<Readonly<Record<string, MetricRecord>>> {
  const params = paramsFromArrays(bestWeights);
  const metrics: Record<string, MetricRecord> = {};
  try {
    for (const name of ["valid", "test"] as const) {
      const part = data[name];
      if (part === undefined) continue;
      const ids = part.sequences.map((sequence) => sequence.ids);
      const predictions = await predictPart(logitsOfRows(network, params, ids), part, {
        tokens: config.train.tokens,
        isBothStrands: config.model.strand === "average",
        turn: async (done) => {
          io.progress.update(done, part.sequences.length, `predicting ${name}`);
          await turn(io.signal);
        },
      });
      const metadata = {
        ...{ set: data.name, part: name, checkpoint, strand: config.model.strand },
        ...{ seed: String(config.seed), epoch: String(best?.epoch ?? 0) },
      };
      const table = predictionsTable(part, predictions, metadata);
      await writeTable(join(path, `predictions.${name}.arrow`), table);
      metrics[name] = metricsOf(predictions);
    }
  } finally {
    io.progress.finish();
    disposeParams(params);
  }
  return metrics;
}

async function writeResult(path: string, summary: FinetuneSummary): Promise<void> {
  const text = `${JSON.stringify(summary, undefined, 2)}\n`;
  await writeFileAtomic(join(path, RESULT_FILE), new TextEncoder().encode(text));
}

function stoppedError(
  { step, checkpoint }: FinetuneOutcome,
  { reason, exitCode }: NonNullable<FinetuneOutcome["stopped"]>,
  { steps }: Pick<FinetuneSummary, "steps">,
  { path }: RunFolder,
): StoppedError {
  return new StoppedError(
    exitCode,
    `stopped by ${reason} after step ${step} of ${steps}; saved in ${checkpoint}; ` +
      `go on with: gdiff finetune --resume --out ${shellWord(path)}`,
  );
}
