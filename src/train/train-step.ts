/** One optimiser step of masked diffusion: state in, state out. */

import type { DenoiserFacts } from "../model/denoiser.ts";
import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { Cluster } from "./cluster.ts";
import type { PositionLoss } from "./losses.ts";
import type { MicroBatch } from "./micro-batch.ts";
import type { OptimiserOptions } from "./optimiser.ts";
import type { TrainState } from "./train-state.ts";
import { type StepReport, type Summed, updateStep } from "./update-step.ts";

/** [batch, length] ids, and what is said of the rows, to outputs [batch, length, head]; inside a tidy. */
export type Network = (params: ParamTree, ids: tf.Tensor2D, facts: DenoiserFacts) => tf.Tensor3D;

/** What is trained, and on what. */
export interface Learner {
  readonly network: Network;
  readonly loss: PositionLoss;
}

/**
 * Makes one update as `updateStep` does, which says what becomes of `state`; the loss is weighted nats a scored base of
 * the global batch.
 *
 * @param turn called between micro-batches; a promise that rejects ends the step
 * @throws {TrainingError} when the loss, the gradient or an updated parameter is not finite
 */
export function trainStep(
  state: TrainState,
  microBatches: readonly MicroBatch[],
  learner: Learner,
  learningRate: number,
  options: OptimiserOptions,
  cluster: Cluster,
  turn?: () => Promise<void>,
): Promise<[TrainState, StepReport]> {
  return updateStep(state, microBatches, summedLoss(learner), learningRate, options, cluster, turn);
}

/** The weighted loss of clean bases, counted over scored ones. */
function summedLoss({ network, loss }: Learner): Summed<MicroBatch> {
  return {
    lossOf: (micro) => (params) => {
      const { batch, length, x0, xt, labels, levels, lengths } = micro;
      const rows = (ids: Uint8Array): tf.Tensor2D =>
        tf.tensor2d(Int32Array.from(ids), [batch, length], "int32");
      const outputs = network(params, rows(xt), {
        clean: rows(x0),
        ...(labels === undefined ? {} : { labels }),
        ...(levels === undefined ? {} : { levels }),
        ...(lengths === undefined ? {} : { lengths }),
      });
      return loss(tf.reshape(outputs, [batch * length, -1]) as tf.Tensor2D, micro);
    },
    countOf: ({ bases }) => bases,
  };
}
