/** Layer normalisation without bias: Ba, Kiros, Hinton, arXiv:1607.06450, over the last axis. */

import { expectShape } from "../tensor/expect-shape.ts";
import { LAYER_NORM } from "../tensor/fused/layer-norm.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/** Added to the variance; PyTorch's default. */
export const LAYER_NORM_EPSILON = 1e-5;

/**
 * (x − mean) / sqrt(variance + 1e-5) · gain.
 *
 * @param x [rows, width]
 * @param gain [width]
 * @returns [rows, width]
 * @throws {ShapeError} when the gain is of another width
 */
export function layerNorm(x: tf.Tensor2D, gain: tf.Tensor1D): tf.Tensor2D {
  expectShape("layerNorm", "gain", gain, [x.shape[1]]);
  if (hasFused(LAYER_NORM))
    return runFused(LAYER_NORM, { x, gain }, { epsilon: LAYER_NORM_EPSILON })[0] as tf.Tensor2D;
  const centred = tf.sub(x, tf.mean(x, -1, true)); // [rows, width]
  const variance = tf.mean(tf.square(centred), -1, true); // [rows, 1]
  return tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, LAYER_NORM_EPSILON))), gain);
}
