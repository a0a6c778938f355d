/** The losses that objectives name, in tensors. */

import type { LossName } from "../diffusion/objective.ts";
import { maskedCrossEntropy } from "../ops/masked-cross-entropy.ts";
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

function idTensor(ids: Uint8Array): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(ids), "int32");
}
