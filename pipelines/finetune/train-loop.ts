/** The loop of a fine-tuning run: steps, and after each epoch validate, keep the best, save. Test sequences never come here. */

import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { configYaml } from "../../src/config/config-yaml.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { accuracy } from "../../src/stats/metrics/accuracy.ts";
import { logLoss } from "../../src/stats/metrics/log-loss.ts";
import { measure } from "../../src/stats/metrics/metric.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";
import { disposeParams, paramsToArrays } from "../../src/tensor/params.ts";
import { encodeSafetensors } from "../../src/tensor/safetensors.ts";
import { pruneCheckpoints } from "../../src/train/checkpoint/prune-checkpoints.ts";
import { writeCheckpoint } from "../../src/train/checkpoint/write-checkpoint.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import { type MetricsLog, openMetricsLog } from "../../src/train/run-folder/open-metrics-log.ts";
import { stateToFiles } from "../../src/train/state-files.ts";
import { disposeState, type TrainState } from "../../src/train/train-state.ts";
import { updateStep } from "../../src/train/update-step.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import type { Arithmetic } from "../run-folder/arithmetic.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import { type Identity, STATE_FILE, stateJson } from "../run-folder/saved-state.ts";
import { trainingSeconds } from "../run-folder/training-seconds.ts";
import { stopRequest, turn } from "../stop.ts";
import { type EpochScore, isBetter, isOutOfPatience } from "./better-epoch.ts";
import type { FinetuneNetwork, TrainingPasses } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import { type FinetuneConfig, finetuneOptions } from "./options.ts";
import { predictPart } from "./predict-part.ts";
import { BEST_FILE, type FinetuneProgress, progressJson } from "./saved-progress.ts";
import type { TrainingRows } from "./training-rows.ts";

export interface FinetuneLoop {
  readonly config: FinetuneConfig;
  readonly network: FinetuneNetwork;
  readonly rows: TrainingRows;
  readonly valid: OpenedLabelled["valid"];
  readonly folder: RunFolder;
  readonly identity: Identity;
  readonly arithmetic: Arithmetic;
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
  best: EpochScore | undefined;
  bestWeights: NamedArrays;
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
  const at: Position = { state: start, ...progress };
  const isDone = (): boolean =>
    at.state.step >= steps ||
    isOutOfPatience(at.state.step / rows.stepsPerEpoch, at.best, config.train.patience);
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
    const { state, best, bestWeights } = at;
    const outcome = { step: state.step, best, bestWeights, checkpoint };
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
  const { config, rows, io, startedAt } = loop;
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
  const [next, report] = await updateStep(
    at.state,
    rows.rowsOf(step),
    passes.loss,
    rate,
    { ...train, clip, isDecayed },
    singleProcess(),
    () => turn(io.signal),
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
  io.progress.update(next.step, steps, progressNote(report.lossNats, at.best));
  await setImmediate(); // lets signals in
}

/** Scores the averaged weights on valid, and keeps them where they are better than those before. */
async function endEpoch(
  epoch: number,
  at: Position,
  passes: TrainingPasses,
  { config, network, valid }: FinetuneLoop,
): Promise<EpochScore> {
  const trained = { ...network.start, ...at.state.ema };
  const statistics = await network.statistics(trained);
  try {
    const params = { ...trained, ...statistics };
    const predictions = await predictPart((rows) => passes.validLogits(params, rows), valid, {
      tokens: config.train.tokens,
      isBothStrands: config.model.strand === "average",
      turn: async () => void (await setImmediate()), // a stop waits for the end of the epoch, which is near
    });
    const score = {
      epoch,
      accuracy: measure(accuracy, predictions) as number,
      lossNats: measure(logLoss, predictions) as number,
    };
    if (isBetter(score, at.best, config.train.select)) {
      at.best = score;
      at.bestWeights = await paramsToArrays(params);
    }
    return score;
  } finally {
    disposeParams(statistics);
  }
}

async function save(at: Position, metrics: MetricsLog, loop: FinetuneLoop): Promise<string> {
  const { config, folder, identity, arithmetic } = loop;
  metrics.sync();
  const { state, best, bestWeights } = at;
  const files = {
    ...(await stateToFiles(state)),
    [BEST_FILE]: encodeSafetensors(bestWeights, { format: "pt" }),
    [STATE_FILE]: stateJson(state.step, identity, arithmetic, progressJson(best)),
    "config.yaml": new TextEncoder().encode(configYaml(finetuneOptions, config)),
  };
  const options = { gdiffVersion: packageVersion() };
  const dir = await writeCheckpoint(folder.path, state.step, files, options);
  await pruneCheckpoints(folder.path, config.train.keep);
  return dir;
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
