/**
 * The cross-entropy of the clean base under the SUBS parameterisation (MDLM, arXiv:2406.07524, section 3.2.3):
 * a four-way head has no MASK column to suppress, and a visible position, which SUBS copies, costs exactly 0.
 */

import { expectShape } from "../tensor/expect-shape.ts";
import { MASKED_CROSS_ENTROPY } from "../tensor/fused/masked-cross-entropy.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Σ weight · −log softmax(logits)[x0], in nats. A logit that is not finite makes it NaN even where the weight is 0, so
 * that a network that has diverged is seen.
 *
 * @param logits [rows, 4]
 * @param x0 [rows] int32; any id where the weight is 0
 * @param weight [rows]; 0 at visible and unscored positions
 * @returns a scalar
 * @throws {ShapeError} when ids or weights are not one a row
 */
export function maskedCrossEntropy(
  logits: tf.Tensor2D,
  x0: tf.Tensor1D,
  weight: tf.Tensor1D,
): tf.Scalar {
  const [rows] = logits.shape;
  expectShape("maskedCrossEntropy", "x0", x0, [rows]);
  expectShape("maskedCrossEntropy", "weight", weight, [rows]);
  if (hasFused(MASKED_CROSS_ENTROPY))
    return runFused(MASKED_CROSS_ENTROPY, { logits, x0, weight })[0] as tf.Scalar;
  const picked = tf.mul(tf.oneHot(x0, logits.shape[1]), tf.reshape(weight, [-1, 1])); // [rows, 4]
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), picked)));
}
