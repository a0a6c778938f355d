/** The micro-batches of a step, made from nothing but the step's number. */

import type { CorruptionRandom, Objective } from "../diffusion/objective.ts";
import { type AddressedRandom, addressedRandom } from "../random/addressed.ts";
import { isBase, N_ID } from "../tokens/alphabet.ts";
import type { Cluster } from "./cluster.ts";
import type { MicroBatch } from "./micro-batch.ts";
import { keptLength } from "./window-cut.ts";

/** Where clean windows come from: window `index` as ids, at once where that is possible. */
export type WindowSource = (index: number) => Uint8Array | Promise<Uint8Array>;

/** What a network is told of an example, and how often it is told nothing instead (discrete guidance, arXiv:2412.10193, section 4.1). */
export interface ToldLabels {
  /** Class of window `index`. */
  labelOf(index: number): number;
  /** Probability of no class. */
  readonly dropout: number;
  /** What stands for no class: the number of classes. */
  readonly none: number;
}

export interface BatchShape {
  /** Windows of one micro-batch. */
  readonly batchSize: number;
  /** Micro-batches of one step on one process. */
  readonly accumulate: number;
  readonly length: number;
  /** Probability that a window is cut to a random length; absent is 0. */
  readonly randomLengthShare?: number;
}

export interface StepBatches {
  readonly microBatches: readonly MicroBatch[];
  /** Global index of the first example of the step. */
  readonly firstIndex: number;
  /** A, C, G, T of this process's examples. */
  readonly bases: number;
}

/** Examples of one step over all processes. */
function globalBatch(
  { batchSize, accumulate }: BatchShape,
  cluster: Pick<Cluster, "size">,
): number {
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
  cluster: Pick<Cluster, "rank" | "size">,
): Promise<StepBatches> {
  const make = microBatchMaker(shape, source, objective, seed, cluster);
  const microBatches: MicroBatch[] = [];
  for (let micro = 0; micro < shape.accumulate; micro++) {
    microBatches.push(await make(step * shape.accumulate + micro));
  }
  return batchesOfStep(step, shape, microBatches, cluster);
}

/** Returns the micro-batches of a step, made one by one, as its batches. */
export function batchesOfStep(
  step: number,
  shape: BatchShape,
  microBatches: readonly MicroBatch[],
  cluster: Pick<Cluster, "rank" | "size">,
): StepBatches {
  const bases = microBatches.reduce((sum, { bases }) => sum + bases, 0);
  return {
    microBatches,
    firstIndex: firstExample(step * shape.accumulate, shape, cluster),
    bases,
  };
}

/** Makes a process's micro-batch by number, counted over the whole run: step × accumulate + its place in the step. */
export function microBatchMaker(
  shape: BatchShape,
  source: WindowSource,
  objective: Objective,
  seed: number,
  cluster: Pick<Cluster, "rank" | "size">,
  told?: ToldLabels,
): (number: number) => Promise<MicroBatch> {
  const examples = globalBatch(shape, cluster);
  const random: CorruptionRandom = {
    time: addressedRandom(seed, "trainingTime"),
    mask: addressedRandom(seed, "corruption"),
  };
  const dropout = addressedRandom(seed, "labelDropout");
  const cut = addressedRandom(seed, "windowCut");
  return async (number) => {
    const first = firstExample(number, shape, cluster);
    const made = await microBatch(first, shape, source, objective, examples, random, cut);
    if (told === undefined) return made;
    const labels = Array.from({ length: shape.batchSize }, (_, row) =>
      dropout.uniform(first + row) < told.dropout ? told.none : told.labelOf(first + row),
    );
    return { ...made, labels };
  };
}

/** Global index of the first example of a process's micro-batch. */
function firstExample(
  number: number,
  shape: BatchShape,
  cluster: Pick<Cluster, "rank" | "size">,
): number {
  const { batchSize, accumulate } = shape;
  const step = Math.floor(number / accumulate);
  const micro = number - step * accumulate;
  return step * globalBatch(shape, cluster) + (cluster.rank * accumulate + micro) * batchSize;
}

async function microBatch(
  firstIndex: number,
  { batchSize, length, randomLengthShare = 0 }: BatchShape,
  source: WindowSource,
  objective: Objective,
  examples: number,
  random: CorruptionRandom,
  cut: AddressedRandom,
): Promise<MicroBatch> {
  // What stands behind a cut is N, without weight; the network is told where it begins.
  const x0 = new Uint8Array(batchSize * length).fill(N_ID);
  const xt = x0.slice();
  const weight = new Float32Array(batchSize * length);
  const levels: number[] = [];
  const lengths: number[] = [];
  // Asked for together: a genome on a server is read at once.
  const windows = await Promise.all(
    Array.from({ length: batchSize }, (_, row) => source(firstIndex + row)),
  );
  for (const [row, window] of windows.entries()) {
    const index = firstIndex + row;
    lengths.push(keptLength(cut, randomLengthShare, length, index));
    const clean = window.subarray(0, lengths[row]);
    const noisy = objective.corrupt(clean, index, examples, random);
    x0.set(clean, row * length);
    xt.set(noisy.xt, row * length);
    weight.set(noisy.weight, row * length);
    if (noisy.level !== undefined) levels.push(noisy.level);
  }
  const bases = x0.reduce((count, id) => count + (isBase(id) ? 1 : 0), 0);
  return {
    ...{ batch: batchSize, length, x0, xt, weight, bases },
    ...(objective.isToldNoise ? { levels: Float32Array.from(levels) } : {}),
    ...(randomLengthShare === 0 ? {} : { lengths }),
  };
}
