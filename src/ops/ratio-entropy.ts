/**
 * What ratios of probabilities cost beside the true ones under uniform noise, nats (diffusion/uniform-ratios.ts has the derivation, and the
 * same in numbers).
 */

import { expectShape } from "../tensor/expect-shape.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/**
 * Σ weight · ¼ Σ_y r_y (e^u_y − 1 − u_y), u = ln s − ln r. In this form the gradient loses no digit where the ratios are near one another; of
 * the value, which is small there, float32 leaves three.
 *
 * @param logScores [rows, 4] ln s, 0 at the base that is shown
 * @param logRatios [rows, 4] ln r, of the truth
 * @param weight [rows]; 0 at unscored positions
 * @returns a scalar
 * @throws {ShapeError} when ratios or weights are not one a row
 */
export function ratioEntropy(
  logScores: tf.Tensor2D,
  logRatios: tf.Tensor2D,
  weight: tf.Tensor1D,
): tf.Scalar {
  const [rows, columns] = logScores.shape;
  expectShape("ratioEntropy", "logRatios", logRatios, [rows, columns]);
  expectShape("ratioEntropy", "weight", weight, [rows]);
  const u = tf.sub(logScores, logRatios);
  const each = tf.mul(tf.exp(logRatios), tf.sub(tf.expm1(u), u));
  return tf.sum(tf.mul(tf.sum(each, 1), tf.mul(weight, 1 / BASE_COUNT)));
}
