/** One optimiser step: state in, state out. */

import { TrainingError } from "../errors.ts";
import { maskedCrossEntropy } from "../ops/masked-cross-entropy.ts";
import { lossAndGrads } from "../tensor/backward.ts";
import { disposeParams, mapParams, type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { Cluster } from "./cluster.ts";
import type { MicroBatch } from "./micro-batch.ts";
import { gradientNorm, type OptimiserOptions, update } from "./optimiser.ts";
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
 * Makes one update from the micro-batches of one step. Loss and gradients are sums divided by the bases of the
 * global batch, so that how a batch is split changes nothing but rounding.
 *
 * On success `state` is disposed; on failure it is left as it was.
 *
 * @param globalBases A, C, G, T over all micro-batches of all processes
 * @throws {TrainingError} when the loss or the gradient is not finite
 */
export async function trainStep(
  state: TrainState,
  microBatches: readonly MicroBatch[],
  globalBases: number,
  network: Network,
  learningRate: number,
  options: OptimiserOptions,
  cluster: Cluster,
): Promise<[TrainState, StepReport]> {
  let lossNats = 0;
  let sum: ParamTree | undefined;
  for (const microBatch of microBatches) {
    const { loss, grads } = microBatchGrads(state.params, microBatch, globalBases, network);
    lossNats += (await loss.data())[0] as number;
    loss.dispose();
    sum = sum === undefined ? grads : addAndDispose(sum, grads);
  }
  if (sum === undefined)
    throw new RangeError("internal: expected at least one micro-batch, got none");
  const grads = await cluster.allReduce(sum);
  const norm = await gradientNorm(grads);
  if (!Number.isFinite(lossNats) || !Number.isFinite(norm)) {
    disposeParams(grads);
    throw new TrainingError(
      `expected a finite loss and gradient at step ${state.step + 1}, got loss ${lossNats} and gradient norm ${norm}: ` +
        "lower --lr or lengthen --warmup, and go on from the last checkpoint with --resume",
    );
  }
  const next = update(state, grads, norm, learningRate, options);
  disposeParams(grads);
  disposeState(state);
  return [next, { lossNats, gradientNorm: norm }];
}

function microBatchGrads(
  params: ParamTree,
  { batch, length, x0, xt, weight }: MicroBatch,
  globalBases: number,
  network: Network,
): ReturnType<typeof lossAndGrads> {
  return lossAndGrads(params, (values) =>
    tf.tidy(() => {
      const ids = tf.tensor2d(Int32Array.from(xt), [batch, length], "int32");
      const logits = tf.reshape(network(values, ids), [batch * length, -1]) as tf.Tensor2D;
      const targets = tf.tensor1d(Int32Array.from(x0), "int32");
      const scaled = tf.tensor1d(weight.map((value) => value / globalBases));
      return maskedCrossEntropy(logits, targets, scaled);
    }),
  );
}

function addAndDispose(a: ParamTree, b: ParamTree): ParamTree {
  const sum = mapParams(a, (tensor, name) => tf.add(tensor, param(b, name)));
  disposeParams(a);
  disposeParams(b);
  return sum;
}
