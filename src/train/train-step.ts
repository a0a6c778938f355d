/** One optimiser step: state in, state out. */

import { TrainingError } from "../errors.ts";
import { maskedCrossEntropy } from "../ops/masked-cross-entropy.ts";
import { lossAndGrads } from "../tensor/backward.ts";
import { disposeParams, type ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { Cluster, StepSums } from "./cluster.ts";
import type { MicroBatch } from "./micro-batch.ts";
import { type OptimiserOptions, treeNorm, update } from "./optimiser.ts";
import { disposeState, type TrainState } from "./train-state.ts";

/** [batch, length] ids to logits [batch, length, 4], inside a tidy. */
export type Network = (params: ParamTree, ids: tf.Tensor2D) => tf.Tensor3D;

export interface StepReport {
  /** The step's loss: weighted nats a scored base of the global batch. */
  readonly lossNats: number;
  /** Global norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/**
 * Makes one update from the micro-batches of one step. Loss and gradients are sums over micro-batches and processes,
 * divided at the end by the bases of the global batch, so that how a batch is split changes nothing but rounding.
 *
 * The update consumes `state`: the next state is made in its memory, so there is no way back. A step that fails before
 * (`turn` rejects, the loss or the gradient is not finite) leaves it as it was; one that fails after (an updated
 * parameter is not finite) leaves it disposed. Either way `disposeState(state)` is allowed and enough.
 *
 * @param turn called between micro-batches; a promise that rejects ends the step
 * @throws {TrainingError} when the loss, the gradient or an updated parameter is not finite
 */
export async function trainStep(
  state: TrainState,
  microBatches: readonly MicroBatch[],
  network: Network,
  learningRate: number,
  options: OptimiserOptions,
  cluster: Cluster,
  turn: () => Promise<void> = async () => {},
): Promise<[TrainState, StepReport]> {
  const { grads, lossNats, bases } = await cluster.allReduce(
    await sumMicroBatches(state.params, microBatches, network, turn),
  );
  try {
    if (bases === 0)
      throw new RangeError("internal: expected A, C, G or T in a step's batch, got none");
    const norm = (await treeNorm(grads)) / bases;
    const meanNats = lossNats / bases;
    expectFinite(state.step + 1, { loss: meanNats, "gradient norm": norm });
    const gradient = { grads, norm, divisor: bases };
    const { state: next, parameterNorm } = await update(state, gradient, learningRate, options);
    try {
      expectFinite(next.step, { "parameter norm": parameterNorm });
    } catch (error) {
      disposeState(next);
      throw error;
    }
    return [next, { lossNats: meanNats, gradientNorm: norm }];
  } finally {
    disposeParams(grads);
  }
}

async function sumMicroBatches(
  params: ParamTree,
  microBatches: readonly MicroBatch[],
  network: Network,
  turn: () => Promise<void>,
): Promise<StepSums> {
  let lossNats = 0;
  let sum: ParamTree | undefined;
  try {
    for (const microBatch of microBatches) {
      await turn();
      const { loss, grads } = microBatchGrads(params, microBatch, network, sum);
      sum = grads;
      lossNats += await readScalar(loss);
    }
  } catch (error) {
    if (sum !== undefined) disposeParams(sum);
    throw error;
  }
  if (sum === undefined) {
    throw new RangeError("internal: expected at least one micro-batch, got none");
  }
  return {
    grads: sum,
    lossNats,
    bases: microBatches.reduce((total, { bases }) => total + bases, 0),
  };
}

async function readScalar(scalar: tf.Scalar): Promise<number> {
  try {
    return (await scalar.data())[0] as number;
  } finally {
    scalar.dispose();
  }
}

function expectFinite(step: number, values: Readonly<Record<string, number>>): void {
  const all = Object.entries(values);
  if (all.every(([, value]) => Number.isFinite(value))) return;
  const names = all.map(([name]) => name).join(" and ");
  const got = all.map(([name, value]) => `${name} ${value}`).join(" and ");
  throw new TrainingError(
    `expected a finite ${names} at step ${step}, got ${got}: ` +
      "lower --lr or lengthen --warmup, and go on from the last checkpoint with --resume",
  );
}

function microBatchGrads(
  params: ParamTree,
  { batch, length, x0, xt, weight }: MicroBatch,
  network: Network,
  sums: ParamTree | undefined,
): ReturnType<typeof lossAndGrads> {
  const lossOf = (values: ParamTree): tf.Scalar => {
    const ids = tf.tensor2d(Int32Array.from(xt), [batch, length], "int32");
    const logits = tf.reshape(network(values, ids), [batch * length, -1]) as tf.Tensor2D;
    const targets = tf.tensor1d(Int32Array.from(x0), "int32");
    return maskedCrossEntropy(logits, targets, tf.tensor1d(weight));
  };
  return lossAndGrads(params, lossOf, sums);
}
