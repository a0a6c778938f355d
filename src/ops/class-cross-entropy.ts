/** The cross-entropy of classes, with targets as distributions. */

import { expectShape } from "../tensor/expect-shape.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Σ weight · −Σ target · log softmax(logits), in nats.
 *
 * @param logits [batch, classes]
 * @param targets [batch, classes], rows sum to 1: one class, or smoothed
 * @param weights [batch]
 * @returns a scalar
 * @throws {ShapeError} when targets or weights are not one a sequence
 */
export function classCrossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  weights: tf.Tensor1D,
): tf.Scalar {
  const [batch, classes] = logits.shape;
  expectShape("classCrossEntropy", "targets", targets, [batch, classes]);
  expectShape("classCrossEntropy", "weights", weights, [batch]);
  const weighted = tf.mul(targets, tf.reshape(weights, [-1, 1]));
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), weighted)));
}
