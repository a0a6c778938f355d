/** The loop of a run: step, then what is due after it, in the order validate, log, save, report, stop. */

import { join } from "node:path";
import { packageVersion } from "../../src/config/package-root.ts";
import type { Objective } from "../../src/diffusion/objective.ts";
import { TrainingError } from "../../src/errors.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { pruneCheckpoints } from "../../src/train/checkpoint/prune-checkpoints.ts";
import { writeCheckpoint } from "../../src/train/checkpoint/write-checkpoint.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import type { OptimiserOptions } from "../../src/train/optimiser.ts";
import { openMetricsLog } from "../../src/train/run-folder/open-metrics-log.ts";
import { stateToFiles } from "../../src/train/state-files.ts";
import type { TrainState } from "../../src/train/train-state.ts";
import { trainStep } from "../../src/train/train-step.ts";
import { type StepBatches, stepBatches } from "../../src/train/training-batches.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import type { RunFolder } from "./open-run-folder.ts";
import type { PretrainConfig } from "./options.ts";
import { STATE_FILE, stateJson } from "./run-identity.ts";
import { saveFailedBatch } from "./save-failed-batch.ts";
import type { Validate } from "./validator.ts";

export interface LoopInputs {
  /** Clean ids of training window `index`. */
  readonly window: (index: number) => Promise<Uint8Array>;
  /** undefined without a valid split. */
  readonly validate: Validate | undefined;
  readonly digest: string;
}

/** Why a loop ended before its last step. */
interface Stop {
  readonly reason: string;
  readonly exitCode: StopRequest["exitCode"];
}

export interface TrainOutcome {
  /** The caller disposes it. */
  readonly state: TrainState;
  readonly step: number;
  readonly lossBits?: number;
  readonly validBits?: number;
  readonly checkpoint: string;
  readonly stopped?: Stop;
}

/** Trains from `start`, which it takes, to the last step or until asked to stop; a checkpoint is written either way. */
export async function trainLoop(
  start: TrainState,
  config: PretrainConfig,
  objective: Objective,
  folder: RunFolder,
  io: PipelineIo,
  { window, validate, digest }: LoopInputs,
): Promise<TrainOutcome> {
  const { train, data, model, seed } = config;
  const optimiser: OptimiserOptions = {
    ...train,
    clip: train.clip ?? Number.POSITIVE_INFINITY,
    isDecayed,
  };
  const schedule = {
    peak: train.lr,
    warmup: train.warmup,
    steps: train.steps,
    minRatio: train.minLrRatio,
  };
  const cluster = singleProcess();
  const metrics = await openMetricsLog(join(folder.path, "metrics.jsonl"), {
    resumeAfterStep: folder.checkpoint?.step,
  });
  const save = async (state: TrainState): Promise<string> => {
    metrics.sync();
    const files = {
      ...(await stateToFiles(state)),
      [STATE_FILE]: stateJson(state.step, config, digest),
    };
    const dir = await writeCheckpoint(folder.path, state.step, files, {
      gdiffVersion: packageVersion(),
    });
    await pruneCheckpoints(folder.path, train.keep);
    return dir;
  };

  const startedAt = performance.now();
  let state = start;
  let lossBits: number | undefined;
  let validBits: number | undefined;
  let stopped: Stop | undefined = stopRequest(io.signal, train.maxTime, startedAt);
  while (state.step < train.steps && stopped === undefined) {
    const batches = await stepBatches(
      state.step,
      { ...train, length: data.length },
      window,
      objective,
      seed,
      cluster,
    );
    const rate = learningRate(schedule, state.step);
    const network = (params: TrainState["params"], ids: Parameters<typeof denoiser>[2]) =>
      denoiser(params, model, ids);
    const [next, report] = await trainStep(
      state,
      batches.microBatches,
      batches.bases,
      network,
      rate,
      optimiser,
      cluster,
    ).catch((error: unknown) => keepFailedBatch(error, folder.path, state.step, batches));
    state = next;
    lossBits = report.lossNats / Math.LN2;

    const isLast = state.step === train.steps;
    const isValidated = validate !== undefined && (isLast || state.step % train.validEvery === 0);
    const valid = isValidated ? await validate(state.ema) : undefined;
    validBits = valid?.value ?? validBits;
    metrics.append({
      step: state.step,
      lossBits,
      gradientNorm: report.gradientNorm,
      learningRate: rate,
      ...(valid === undefined
        ? {}
        : { validBits: valid.value, validStandardError: valid.standardError }),
      seconds: (performance.now() - startedAt) / 1000,
    });
    if (!isLast && state.step % train.saveEvery === 0) await save(state);
    io.progress.update(state.step, train.steps, progressNote(lossBits, validBits));
    await new Promise(setImmediate); // lets signals in: a step on the CPU never gives the turn back by itself
    stopped = stopRequest(io.signal, train.maxTime, startedAt);
  }
  io.progress.finish();
  const checkpoint = await save(state);
  metrics.close();
  return {
    state,
    step: state.step,
    ...(lossBits === undefined ? {} : { lossBits }),
    ...(validBits === undefined ? {} : { validBits }),
    checkpoint,
    ...(stopped === undefined || state.step === train.steps ? {} : { stopped }),
  };
}

function progressNote(lossBits: number, validBits: number | undefined): string {
  const loss = `loss ${lossBits.toFixed(3)} bits per base`;
  return validBits === undefined ? loss : `${loss}, valid ≤ ${validBits.toFixed(3)}`;
}

function stopRequest(
  signal: AbortSignal,
  maxTimeMs: number | undefined,
  startedAt: number,
): Stop | undefined {
  if (signal.aborted) {
    const { signal: reason, exitCode } = signal.reason as StopRequest;
    return { reason, exitCode };
  }
  const isOver = maxTimeMs !== undefined && performance.now() - startedAt >= maxTimeMs;
  return isOver ? { reason: "--max-time", exitCode: 75 } : undefined;
}

/** Writes the batch that gave a loss which is not finite beside the run, then fails. */
async function keepFailedBatch(
  error: unknown,
  folder: string,
  step: number,
  batches: StepBatches,
): Promise<never> {
  if (!(error instanceof TrainingError)) throw error;
  const path = await saveFailedBatch(folder, step, batches);
  throw new TrainingError(`${error.message}; its batch is in ${path}`, { cause: error });
}
