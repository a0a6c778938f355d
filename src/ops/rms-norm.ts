/** Root mean square normalisation: Zhang, Sennrich, arXiv:1910.07467, equation 4, over the last axis. */

import { expectShape } from "../tensor/expect-shape.ts";
import { RMS_NORM } from "../tensor/fused/rms-norm.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/** Added to the mean square, as in layer-norm.ts; the paper has none. */
const EPSILON = 1e-5;

/**
 * x / sqrt(mean of x² + 1e-5) · gain.
 *
 * @param x [rows, width]
 * @param gain [width]
 * @returns [rows, width]
 * @throws {ShapeError} when the gain is of another width
 */
export function rmsNorm(x: tf.Tensor2D, gain: tf.Tensor1D): tf.Tensor2D {
  expectShape("rmsNorm", "gain", gain, [x.shape[1]]);
  if (hasFused(RMS_NORM))
    return runFused(RMS_NORM, { x, gain }, { epsilon: EPSILON })[0] as tf.Tensor2D;
  const meanSquare = tf.mean(tf.square(x), -1, true); // [rows, 1]
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(meanSquare, EPSILON))), gain);
}
