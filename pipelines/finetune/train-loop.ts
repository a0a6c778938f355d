/** The loop of a fine-tuning run: steps, and after each epoch validate, keep the best, save. Test sequences never come here. */

import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { disposeParams, paramsToArrays } from "../../src/tensor/params.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import { type MetricsLog, openMetricsLog } from "../../src/train/run-folder/open-metrics-log.ts";
import { disposeState, type TrainState } from "../../src/train/train-state.ts";
import { updateStep } from "../../src/train/update-step.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import { endFailedStep } from "../run-folder/failed-step.ts";
import { trainingSeconds } from "../run-folder/training-seconds.ts";
import { stopRequest, turn } from "../stop.ts";
import { type EpochScore, isBetter, isOutOfPatience } from "./better-epoch.ts";
import { failedRows } from "./failed-rows.ts";
import type { FinetuneNetwork, TrainingPasses } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import { type SavedRun, saveProgress } from "./save-progress.ts";
import type { FinetuneProgress } from "./saved-progress.ts";
import { scoreEpoch } from "./score-epoch.ts";
import type { TrainingRows } from "./training-rows.ts";

export interface FinetuneLoop extends SavedRun {
  readonly network: FinetuneNetwork;
  readonly rows: TrainingRows;
  readonly data: Pick<OpenedLabelled, "train" | "valid">;
  readonly io: PipelineIo;
  /** When the command began, as performance.now() has it; --max-time counts from there. */
  readonly startedAt: number;
}

export interface FinetuneOutcome extends FinetuneProgress {
  readonly step: number;
  readonly checkpoint: string;
  /** Why the loop ended before it was done. */
  readonly stopped?: { readonly reason: string; readonly exitCode: StopRequest["exitCode"] };
}

/** What changes from step to step. */
interface Position {
  state: TrainState;
  progress: FinetuneProgress;
}

/**
 * Trains from `start`, which it takes, until the last epoch, until no epoch was better for long, or until asked to stop; a
 * checkpoint is written either way.
 */
export async function finetuneLoop(
  start: TrainState,
  progress: FinetuneProgress,
  loop: FinetuneLoop,
): Promise<FinetuneOutcome> {
  const { config, rows, folder, io } = loop;
  const path = join(folder.path, "metrics.jsonl");
  const secondsBefore =
    folder.checkpoint === undefined ? 0 : await trainingSeconds(path, start.step);
  const metrics = await openMetricsLog(path, { resumeAfterStep: folder.checkpoint?.step });
  const steps = config.train.epochs * rows.stepsPerEpoch;
  const at: Position = { state: start, progress };
  const isDone = (): boolean =>
    at.state.step >= steps ||
    isOutOfPatience(at.state.step / rows.stepsPerEpoch, at.progress.best, config.train.patience);
  const unlessStopped = (error: unknown): undefined => {
    if (error !== io.signal.reason) throw error; // else stopped: the state is that of the last whole step
  };
  try {
    let stopped = stopOf(loop);
    if (!isDone() && stopped === undefined) {
      const passes = await passesOf(loop).catch(unlessStopped);
      stopped = stopOf(loop);
      while (passes !== undefined && !isDone() && stopped === undefined) {
        const course = { steps, secondsBefore, passes };
        await oneStep(at, course, metrics, loop).catch(unlessStopped);
        stopped = stopOf(loop);
      }
    }
    const checkpoint = await save(at, metrics, loop);
    const outcome = { step: at.state.step, ...at.progress, checkpoint };
    return stopped === undefined || isDone() ? outcome : { ...outcome, stopped };
  } finally {
    io.progress.finish();
    disposeState(at.state);
    metrics.close();
  }
}

async function passesOf({ network, io }: FinetuneLoop): Promise<TrainingPasses> {
  try {
    return await network.passes(async (done, total) => {
      io.progress.update(done, total, "features of sequences");
      await turn(io.signal);
    });
  } finally {
    io.progress.finish();
  }
}

/** What stays the same from step to step, besides the loop's inputs. */
interface Course {
  readonly passes: TrainingPasses;
  /** Updates of a run that is not ended before. */
  readonly steps: number;
  /** Training time before this process. */
  readonly secondsBefore: number;
}

async function oneStep(
  at: Position,
  { steps, secondsBefore, passes }: Course,
  metrics: MetricsLog,
  loop: FinetuneLoop,
): Promise<void> {
  const { config, rows, data, folder, io, startedAt } = loop;
  const { train } = config;
  const { step } = at.state;
  const rate = learningRate(
    {
      peak: train.lr,
      warmup: Math.ceil(train.warmup * steps),
      steps,
      minRatio: train.minLrRatio,
    },
    step,
  );
  const clip = train.clip ?? Number.POSITIVE_INFINITY;
  const microBatches = rows.rowsOf(step);
  const [next, report] = await updateStep(
    at.state,
    microBatches,
    passes.loss,
    rate,
    { ...train, clip, isDecayed },
    singleProcess(),
    () => turn(io.signal),
  ).catch((error: unknown) =>
    endFailedStep(error, folder.path, step + 1, () => failedRows(data.train, microBatches, rate)),
  );
  at.state = next;
  const epoch = next.step / rows.stepsPerEpoch;
  const score = Number.isInteger(epoch) ? await endEpoch(epoch, at, passes, loop) : undefined;
  const record = {
    step: next.step,
    epoch,
    lossNats: report.lossNats,
    gradientNorm: report.gradientNorm,
    learningRate: rate,
    ...(score === undefined
      ? {}
      : { validAccuracy: score.accuracy, validLossNats: score.lossNats }),
    seconds: secondsBefore + (performance.now() - startedAt) / 1000,
  };
  metrics.append(record);
  if (score !== undefined) {
    await save(at, metrics, loop);
  }
  io.progress.update(next.step, steps, progressNote(report.lossNats, at.progress.best));
  await setImmediate(); // lets signals in
}

/** Scores the averaged weights on valid, and keeps them where they are better than those before. */
async function endEpoch(
  epoch: number,
  at: Position,
  passes: TrainingPasses,
  { config, network, data }: FinetuneLoop,
): Promise<EpochScore> {
  const trained = { ...network.start, ...at.state.ema };
  const statistics = await network.statistics(trained);
  try {
    const params = { ...trained, ...statistics };
    const score = await scoreEpoch(epoch, passes, params, data.valid, {
      tokens: config.train.tokens,
      isBothStrands: config.model.strand === "average",
      turn: async () => void (await setImmediate()), // a stop waits for the end of the epoch, which is near
    });
    if (isBetter(score, at.progress.best, config.train.select)) {
      at.progress = { best: score, bestWeights: await paramsToArrays(params) };
    }
    return score;
  } finally {
    disposeParams(statistics);
  }
}

function save(
  { state, progress }: Position,
  metrics: MetricsLog,
  loop: FinetuneLoop,
): Promise<string> {
  metrics.sync();
  return saveProgress(state, progress, loop);
}

function progressNote(lossNats: number, best: EpochScore | undefined): string {
  const loss = `${lossNats.toFixed(3)} nats`; // short: it stands beside a bar on 80 columns
  return best === undefined
    ? loss
    : `${loss}, valid ${best.accuracy.toFixed(3)} (epoch ${best.epoch})`;
}

function stopOf({ io, config, startedAt }: FinetuneLoop): FinetuneOutcome["stopped"] {
  const request = stopRequest(io.signal);
  if (request !== undefined) return { reason: request.signal, exitCode: request.exitCode };
  const { maxTime } = config.train;
  const isOver = maxTime !== undefined && performance.now() - startedAt >= maxTime;
  return isOver ? { reason: "--max-time", exitCode: 75 } : undefined;
}
