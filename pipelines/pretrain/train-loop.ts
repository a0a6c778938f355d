/** The loop of a run: step, then what is due after it, in the order validate, log, save, report, stop. */

import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { LikelihoodEstimator } from "../../src/diffusion/likelihood-estimator.ts";
import { denoiser } from "../../src/model/denoiser.ts";
import { isDecayed } from "../../src/model/param-shapes.ts";
import { lookaheadAt } from "../../src/train/attention-annealing.ts";
import { pruneCheckpoints } from "../../src/train/checkpoint/prune-checkpoints.ts";
import { writeCheckpoint } from "../../src/train/checkpoint/write-checkpoint.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import { learningRate } from "../../src/train/learning-rate.ts";
import { lossOf } from "../../src/train/losses.ts";
import { type MetricsLog, openMetricsLog } from "../../src/train/run-folder/open-metrics-log.ts";
import { stateToFiles } from "../../src/train/state-files.ts";
import { disposeState, type TrainState } from "../../src/train/train-state.ts";
import { type Network, trainStep } from "../../src/train/train-step.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import type { PipelineIo, StopRequest } from "../io.ts";
import { objectiveOf } from "../objective-of.ts";
import type { Arithmetic } from "../run-folder/arithmetic.ts";
import { endFailedStep } from "../run-folder/failed-step.ts";
import type { RunFolder } from "../run-folder/open-run-folder.ts";
import { STATE_FILE, stateJson } from "../run-folder/saved-state.ts";
import { trainingSeconds } from "../run-folder/training-seconds.ts";
import { stopRequest, turn } from "../stop.ts";
import type { BatchSource } from "./batch-source.ts";
import { failedBatch } from "./failed-batch.ts";
import { type PretrainConfig, pretrainOptions } from "./options.ts";
import { pretrainIdentity } from "./run-identity.ts";
import type { Validate } from "./validator.ts";

export interface LoopInputs {
  /** Begins with the step that training begins with. */
  readonly batches: BatchSource;
  /** undefined without a valid split. */
  readonly validate: Validate | undefined;
  readonly digest: string;
  readonly arithmetic: Arithmetic;
  /** When the command began, as performance.now() has it; --max-time counts from there. */
  readonly startedAt: number;
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
  /** Share of the steps' time that went into waiting for their batches; absent without a step. */
  readonly waitShare?: number;
  readonly checkpoint: string;
  readonly stopped?: Stop;
}

/** Trains from `start`, which it takes, to the last step or until asked to stop; a checkpoint is written either way. */
export async function trainLoop(
  start: TrainState,
  config: PretrainConfig,
  folder: RunFolder,
  io: PipelineIo,
  inputs: LoopInputs,
): Promise<TrainOutcome> {
  const path = join(folder.path, "metrics.jsonl");
  const secondsBefore =
    folder.checkpoint === undefined ? 0 : await trainingSeconds(path, start.step);
  const metrics = await openMetricsLog(path, { resumeAfterStep: folder.checkpoint?.step });
  const gdiffVersion = packageVersion(); // now: the package may be replaced while a run goes on
  const loop = { config, folder, io, inputs, metrics, secondsBefore, gdiffVersion };
  let state = start;
  try {
    let last: StepNumbers = {};
    const time = { waitMs: 0, stepMs: 0 };
    let stopped = stopOf(loop);
    while (state.step < config.train.steps && stopped === undefined) {
      const made = await oneStep(state, last, time, loop).catch((error: unknown) => {
        if (error !== io.signal.reason) throw error;
        return undefined; // stopped between micro-batches: the state is that of the step before
      });
      if (made !== undefined) [state, last] = made;
      stopped = stopOf(loop);
    }
    io.progress.finish();
    const checkpoint = await save(state, loop);
    const share = time.stepMs === 0 ? {} : { waitShare: time.waitMs / time.stepMs };
    const outcome = { state, step: state.step, ...last, ...share, checkpoint };
    const isFinished = state.step === config.train.steps;
    return stopped === undefined || isFinished ? outcome : { ...outcome, stopped };
  } catch (error) {
    disposeState(state);
    throw error;
  } finally {
    io.progress.finish();
    metrics.close();
  }
}

/** What stays the same from step to step. */
interface Loop {
  readonly config: PretrainConfig;
  readonly folder: RunFolder;
  readonly io: PipelineIo;
  readonly inputs: LoopInputs;
  readonly metrics: MetricsLog;
  /** Training time before this process, seconds. */
  readonly secondsBefore: number;
  readonly gdiffVersion: string;
}

/** Numbers of the last step, and of the last validation. */
interface StepNumbers {
  readonly lossBits?: number;
  readonly validBits?: number;
}

/** Time that this process's steps took in all, and what of it they waited for their batches. */
interface StepTime {
  waitMs: number;
  stepMs: number;
}

/** One update, and what is due after it. Takes `state` when it succeeds, and adds to `time`. */
async function oneStep(
  state: TrainState,
  last: StepNumbers,
  time: StepTime,
  loop: Loop,
): Promise<[TrainState, StepNumbers]> {
  const { config, folder, io, inputs, metrics } = loop;
  const { train, model } = config;
  const letSignalsIn = (): Promise<void> => turn(io.signal);
  const startedAt = performance.now();
  const batches = await inputs.batches.next();
  const waitMs = performance.now() - startedAt;
  const rate = learningRate(
    { peak: train.lr, warmup: train.warmup, steps: train.steps, minRatio: train.minLrRatio },
    state.step,
  );
  const optimiser = { ...train, clip: train.clip ?? Number.POSITIVE_INFINITY, isDecayed };
  const lookahead = lookaheadAt(state.step, train.attentionAnnealing, config.data.length);
  const network: Network = (params, ids, told) =>
    denoiser(params, model, ids, lookahead === undefined ? told : { ...told, lookahead });
  const [next, report] = await trainStep(
    state,
    batches.microBatches,
    { network, loss: lossOf(objectiveOf(config)) },
    rate,
    optimiser,
    singleProcess(),
    letSignalsIn,
  ).catch((error: unknown) =>
    endFailedStep(error, folder.path, state.step + 1, () => failedBatch(batches)),
  );
  const stepMs = performance.now() - startedAt;
  time.waitMs += waitMs;
  time.stepMs += stepMs;

  const isLast = next.step === train.steps;
  const isDue = isLast || next.step % train.validEvery === 0;
  const valid = isDue
    ? await inputs.validate?.(next.ema, async () => void (await setImmediate()))
    : undefined;
  const lossBits = report.lossNats / Math.LN2;
  metrics.append({
    step: next.step,
    lossBits,
    gradientNorm: report.gradientNorm,
    learningRate: rate,
    ...(valid === undefined
      ? {}
      : { validBits: valid.value, validStandardError: valid.standardError }),
    ...(valid?.steadiest === undefined
      ? {}
      : { steadiestFrom: valid.steadiest.from, steadiestTo: valid.steadiest.to }),
    waitShare: waitMs / stepMs,
    makeSeconds: batches.makeSeconds,
    seconds: loop.secondsBefore + (performance.now() - inputs.startedAt) / 1000,
  });
  if (!isLast && next.step % train.saveEvery === 0) await save(next, loop);
  const validBits = valid?.value ?? last.validBits;
  const numbers = { lossBits, ...(validBits === undefined ? {} : { validBits }) };
  io.progress.update(
    next.step,
    train.steps,
    progressNote(numbers, objectiveOf(config).likelihood.kind),
  );
  await setImmediate(); // lets signals in
  return [next, numbers];
}

async function save(state: TrainState, loop: Loop): Promise<string> {
  const { config, folder, inputs, metrics, gdiffVersion } = loop;
  metrics.sync();
  const files = {
    ...(await stateToFiles(state)),
    [STATE_FILE]: stateJson(state.step, pretrainIdentity(config, inputs.digest), inputs.arithmetic),
    "config.yaml": new TextEncoder().encode(configYaml(pretrainOptions, config)),
  };
  const dir = await writeCheckpoint(folder.path, state.step, files, { gdiffVersion });
  await pruneCheckpoints(folder.path, config.train.keep);
  return dir;
}

function progressNote(
  { lossBits = Number.NaN, validBits }: StepNumbers,
  kind: LikelihoodEstimator["kind"],
): string {
  const loss = `${lossBits.toFixed(3)} bits`; // short: it stands beside a bar on 80 columns
  if (validBits === undefined) return loss;
  return `${loss}, valid ${kind === "bound" ? "≤ " : ""}${validBits.toFixed(3)}`;
}

function stopOf({ io, config, inputs }: Loop): Stop | undefined {
  const request = stopRequest(io.signal);
  if (request !== undefined) return { reason: request.signal, exitCode: request.exitCode };
  const { maxTime } = config.train;
  const isOver = maxTime !== undefined && performance.now() - inputs.startedAt >= maxTime;
  return isOver ? { reason: "--max-time", exitCode: 75 } : undefined;
}
