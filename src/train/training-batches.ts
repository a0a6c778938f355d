/** The micro-batches of a step, made from nothing but the step's number. */

import type { CorruptionRandom, Objective } from "../diffusion/objective.ts";
import { addressedRandom } from "../random/addressed.ts";
import { isBase } from "../tokens/alphabet.ts";
import type { Cluster } from "./cluster.ts";
import type { MicroBatch } from "./micro-batch.ts";

/** Where clean windows come from: window `index` as ids. */
export type WindowSource = (index: number) => Promise<Uint8Array>;

export interface BatchShape {
  /** Windows of one micro-batch. */
  readonly batchSize: number;
  /** Micro-batches of one step on one process. */
  readonly accumulate: number;
  readonly length: number;
}

export interface StepBatches {
  readonly microBatches: readonly MicroBatch[];
  /** Global index of the first example of the step. */
  readonly firstIndex: number;
  /** A, C, G, T of this process's examples. */
  readonly bases: number;
}

/** Examples of one step over all processes. */
function globalBatch({ batchSize, accumulate }: BatchShape, cluster: Cluster): number {
  return batchSize * accumulate * cluster.size;
}

/**
 * Makes the batches of step `step`. Example j of the step has the global index step × globalBatch + j, whatever
 * the processes and micro-batches; process r takes the r-th run of consecutive examples.
 */
export async function stepBatches(
  step: number,
  shape: BatchShape,
  source: WindowSource,
  objective: Objective,
  seed: number,
  cluster: Cluster,
): Promise<StepBatches> {
  const examples = globalBatch(shape, cluster);
  const firstIndex = step * examples + cluster.rank * shape.batchSize * shape.accumulate;
  const random: CorruptionRandom = {
    time: addressedRandom(seed, "trainingTime"),
    mask: addressedRandom(seed, "corruption"),
  };
  const microBatches: MicroBatch[] = [];
  for (let micro = 0; micro < shape.accumulate; micro++) {
    const first = firstIndex + micro * shape.batchSize;
    microBatches.push(await microBatch(first, shape, source, objective, examples, random));
  }
  const bases = microBatches.reduce((sum, { bases }) => sum + bases, 0);
  return { microBatches, firstIndex, bases };
}

async function microBatch(
  firstIndex: number,
  { batchSize, length }: BatchShape,
  source: WindowSource,
  objective: Objective,
  examples: number,
  random: CorruptionRandom,
): Promise<MicroBatch> {
  const x0 = new Uint8Array(batchSize * length);
  const xt = new Uint8Array(batchSize * length);
  const weight = new Float32Array(batchSize * length);
  for (let row = 0; row < batchSize; row++) {
    const clean = await source(firstIndex + row);
    const noisy = objective.corrupt(clean, firstIndex + row, examples, random);
    x0.set(clean, row * length);
    xt.set(noisy.xt, row * length);
    weight.set(noisy.weight, row * length);
  }
  const bases = x0.reduce((count, id) => count + (isBase(id) ? 1 : 0), 0);
  return { batch: batchSize, length, x0, xt, weight, bases };
}
