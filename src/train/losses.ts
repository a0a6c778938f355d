/** The losses that objectives name, in tensors. */

import { positionTerms } from "../diffusion/d3pm.ts";
import type { LossName, Objective } from "../diffusion/objective.ts";
import { maskedCrossEntropy } from "../ops/masked-cross-entropy.ts";
import { posteriorDivergence } from "../ops/posterior-divergence.ts";
import { scoreEntropy } from "../ops/score-entropy.ts";
import { tf } from "../tensor/tf.ts";
import type { MicroBatch } from "./micro-batch.ts";
import { denoiserRatios, outputRatios } from "./uniform-losses.ts";

/** Outputs [batch · length, head] of a micro-batch to summed weighted nats; inside a tidy. */
export type PositionLoss = (outputs: tf.Tensor2D, micro: MicroBatch) => tf.Scalar;

export const LOSSES: Readonly<Record<LossName, PositionLoss>> = {
  "cross-entropy": (outputs, { x0, weight }) =>
    maskedCrossEntropy(outputs, idTensor(x0), tf.tensor1d(weight)),
  "score-entropy": (outputs, { x0, weight }) =>
    scoreEntropy(outputs, idTensor(x0), tf.tensor1d(weight)),
  "denoiser-ratios": denoiserRatios,
  "output-ratios": outputRatios,
};

/** The loss of an objective. */
export function lossOf({ loss }: Pick<Objective, "loss">): PositionLoss {
  return typeof loss === "string" ? LOSSES[loss] : posteriorLoss(loss.steps);
}

function posteriorLoss(steps: number): PositionLoss {
  return (outputs, micro) => {
    const { step, a, b, c } = positionTerms(micro, steps);
    return posteriorDivergence(outputs, idTensor(micro.x0), {
      weight: tf.tensor1d(micro.weight),
      step: tf.tensor1d(step),
      a: tf.tensor1d(a),
      b: tf.tensor1d(b),
      c: tf.tensor1d(c),
    });
  };
}

function idTensor(ids: Uint8Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(ids), "int32");
}
