/** Softmax attention over all positions: Vaswani et al., arXiv:1706.03762, equation 1. */

import { tf } from "../tensor/tf.ts";

/** Added to the score of a key in the padding; exp of it is 0 in float32, and it never meets its own kind alone. */
const UNATTENDABLE = -1e9;

/**
 * Additive scores that hide padding: 0 where a key is attendable, −1e9 beyond its row's length.
 *
 * @param lengths bases of each row of the batch
 * @returns [batch, 1, 1, length]
 */
export function paddingScores(lengths: readonly number[], length: number): tf.Tensor4D {
  const scores = new Float32Array(lengths.length * length);
  for (const [row, count] of lengths.entries())
    scores.fill(UNATTENDABLE, row * length + count, (row + 1) * length);
  return tf.tensor4d(scores, [lengths.length, 1, 1, length]);
}

/**
 * softmax(q kᵀ / √headWidth + scores) v.
 *
 * @param q [batch, heads, length, headWidth]; `k`, `v` alike
 * @param scores broadcast to [batch, heads, length, length]; absent for full attention
 * @returns [batch, heads, length, headWidth]
 */
export function attention(
  q: tf.Tensor4D,
  k: tf.Tensor4D,
  v: tf.Tensor4D,
  scores?: tf.Tensor4D,
): tf.Tensor4D {
  const scaled = tf.mul(q, 1 / Math.sqrt(q.shape[3])) as tf.Tensor4D;
  const products = tf.matMul(scaled, k, false, true); // [batch, heads, length, length]
  const weights = tf.softmax(scores === undefined ? products : tf.add(products, scores));
  return tf.matMul(weights, v) as tf.Tensor4D;
}
