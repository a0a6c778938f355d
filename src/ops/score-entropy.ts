/**
 * The denoising score entropy of the absorbing process (SEDD, arXiv:2310.16834, equation 6, with the scaling of its code): at a
 * masked position the network's outputs o stand for the scores s_y = p_t(y) / p_t(MASK) = e^{o_y} / (4 expm1(σ)), so that outputs
 * of zero are the scores of four equal bases. With r = 1 / expm1(σ),
 *
 *   Σ_y s_y − r ln s_x + r (ln r − 1) = r (¼ Σ_y e^{o_y} − o_x + ln 4 − 1),
 *
 * and r σ′ is the weight of MDLM's cross-entropy. Where the scores add up to r it is −r ln p(x), MDLM's own.
 */

import { expectShape } from "../tensor/expect-shape.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";

/**
 * Σ weight · (¼ Σ_y e^{o_y} − o_x + ln 4 − 1), in nats.
 *
 * @param outputs [rows, 4]
 * @param x0 [rows] int32; any id where the weight is 0
 * @param weight [rows]; 0 at visible and unscored positions
 * @returns a scalar
 * @throws {ShapeError} when ids or weights are not one a row
 */
export function scoreEntropy(
  outputs: tf.Tensor2D,
  x0: tf.Tensor1D,
  weight: tf.Tensor1D,
): tf.Scalar {
  const [rows, columns] = outputs.shape;
  expectShape("scoreEntropy", "x0", x0, [rows]);
  expectShape("scoreEntropy", "weight", weight, [rows]);
  const own = tf.sum(tf.mul(tf.oneHot(x0, columns), outputs), 1);
  const total = tf.mul(tf.sum(tf.exp(outputs), 1), 1 / BASE_COUNT);
  const nats = tf.add(tf.sub(total, own), Math.log(BASE_COUNT) - 1);
  return tf.sum(tf.mul(nats, weight));
}
