/** The batches of a run's steps, made where they are needed or ahead of time in worker threads: the same bytes. */

import { startPrefetch } from "../../src/data/prefetch/prefetch.ts";
import type { WindowSource } from "../../src/data/window-source.ts";
import { singleProcess } from "../../src/train/cluster.ts";
import type { MicroBatch } from "../../src/train/micro-batch.ts";
import { microBatchBytes, unpackMicroBatch } from "../../src/train/micro-batch-bytes.ts";
import {
  batchesOfStep,
  microBatchMaker,
  type StepBatches,
} from "../../src/train/training-batches.ts";
import { objectiveOf } from "../objective-of.ts";
import type { PretrainConfig } from "./options.ts";

/** Shared memory of the ring, at most; two micro-batches where that is more. */
const RING_BYTES = 2 ** 26;

interface MadeBatches extends StepBatches {
  /** Time of making them, seconds, summed over threads. */
  readonly makeSeconds: number;
}

export interface BatchSource {
  /**
   * Makes the batches of the next step; the first is the one that the run begins or goes on with.
   *
   * @throws {GdiffError} E_WORKER when a worker died
   */
  next(): Promise<MadeBatches>;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** What a worker of batch-worker.ts is told. */
export interface BatchTask {
  readonly config: PretrainConfig;
  /** The micro-batch that unit 0 of the ring is. */
  readonly firstNumber: number;
}

/** Returns the maker of micro-batches by number, as the main thread and a worker alike call it. */
export function microBatches(
  config: PretrainConfig,
  source: WindowSource,
): (number: number) => Promise<MicroBatch> {
  const { train, data, labelled, model, seed } = config;
  const window = async (index: number): Promise<Uint8Array> => (await source.window(index)).ids;
  const { windowSync, labelOf } = source;
  const told =
    labelOf === undefined || model.classes === undefined
      ? undefined
      : { labelOf, dropout: labelled.labelDropout, none: model.classes.length };
  return microBatchMaker(
    { ...train, length: data.length },
    windowSync === undefined ? window : (index) => windowSync.call(source, index).ids,
    objectiveOf(config),
    seed,
    singleProcess(),
    told,
  );
}

/** Makes batches in the thread that asks for them, from step `step` on. */
export function localBatches(
  config: PretrainConfig,
  source: WindowSource,
  step: number,
): BatchSource {
  const make = microBatches(config, source);
  return stepwise(config, step, async (number) => {
    const start = performance.now();
    return { microBatch: await make(number), makeMs: performance.now() - start };
  });
}

/** Has `workers` threads make the batches from step `step` on, ahead of those that are asked for. */
export function threadedBatches(
  config: PretrainConfig,
  workers: number,
  step: number,
  signal: AbortSignal,
): BatchSource {
  const { batchSize, accumulate, steps, randomLengthShare } = config.train;
  const { isToldNoise } = objectiveOf(config);
  const shape = {
    ...{ batch: batchSize, length: config.data.length },
    ...{ isToldNoise, hasLengths: randomLengthShare > 0 },
  };
  const slotBytes = microBatchBytes(shape);
  // A step takes its micro-batches at once: with two steps in the ring the next is ready when this one is done.
  const wanted = 2 * accumulate + workers;
  const slots = Math.max(2, Math.min(wanted, Math.floor(RING_BYTES / slotBytes)));
  const task: BatchTask = { config, firstNumber: step * accumulate };
  const prefetch = startPrefetch({
    entry: new URL("./batch-worker.js", import.meta.url),
    task,
    workers,
    slots,
    slotBytes,
    units: (steps - step) * accumulate,
    signal,
  });
  const batches = stepwise(config, step, async () => {
    const { bytes, makeMs } = await prefetch.take();
    return { microBatch: unpackMicroBatch(bytes, shape), makeMs };
  });
  return { ...batches, close: () => prefetch.close() };
}

/** Whether worker threads can be started: from TypeScript sources Node cannot. */
export function hasWorkerModule(): boolean {
  return !import.meta.url.endsWith(".ts");
}

function stepwise(
  { train, data }: PretrainConfig,
  first: number,
  take: (number: number) => Promise<{ readonly microBatch: MicroBatch; readonly makeMs: number }>,
): BatchSource {
  const shape = { ...train, length: data.length };
  let step = first;
  return {
    async next() {
      const taken: MicroBatch[] = [];
      let makeMs = 0;
      for (let micro = 0; micro < train.accumulate; micro++) {
        const made = await take(step * train.accumulate + micro);
        taken.push(made.microBatch);
        makeMs += made.makeMs;
      }
      const batches = batchesOfStep(step++, shape, taken, singleProcess());
      return { ...batches, makeSeconds: makeMs / 1000 };
    },
    close: async () => {},
  };
}
