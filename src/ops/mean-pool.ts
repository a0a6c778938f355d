/** One vector a sequence: the mean over its positions. */

import { MEAN_POOL } from "../tensor/fused/mean-pool.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";
import { expectRowLengths } from "./row-lengths.ts";

/**
 * The mean of x over each row's first `lengths[row]` positions; what stands in the padding never matters.
 *
 * @param x [batch, length, width]
 * @param lengths positions of each row, 1 … length
 * @returns [batch, width]
 * @throws {ShapeError} when there is not one length a row, or one is not in its range
 */
export function meanPool(x: tf.Tensor3D, lengths: readonly number[]): tf.Tensor2D {
  const [batch, length] = x.shape;
  expectRowLengths("meanPool", lengths, batch, length);
  if (hasFused(MEAN_POOL)) return runFused(MEAN_POOL, { x }, { length, lengths })[0] as tf.Tensor2D;
  const positions = tf.reshape(tf.range(0, length, 1, "int32"), [1, length, 1]);
  const limits = tf.tensor3d([...lengths], [batch, 1, 1], "int32");
  const kept = tf.where(tf.less(positions, limits), x, tf.zerosLike(x)); // [batch, length, width]
  return tf.div(tf.sum(kept, 1), tf.cast(tf.reshape(limits, [batch, 1]), "float32"));
}
