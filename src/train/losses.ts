/** The losses that objectives name, in tensors. */

import type { LossName } from "../diffusion/objective.ts";
import { maskedCrossEntropy } from "../ops/masked-cross-entropy.ts";
import { scoreEntropy } from "../ops/score-entropy.ts";
import type { tf } from "../tensor/tf.ts";

/** Outputs [rows, head], clean ids [rows] and weights [rows] to summed nats. */
export type PositionLoss = (
  outputs: tf.Tensor2D,
  x0: tf.Tensor1D,
  weight: tf.Tensor1D,
) => tf.Scalar;

export const LOSSES: Readonly<Record<LossName, PositionLoss>> = {
  "cross-entropy": maskedCrossEntropy,
  "score-entropy": scoreEntropy,
};
