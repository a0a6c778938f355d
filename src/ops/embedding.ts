/** Rows of a table by token id. */

import { tf } from "../tensor/tf.ts";

/**
 * Embeds ids as a product with their one-hot rows: with six ids that costs nothing, and it has a gradient on
 * every backend (TensorFlow.js' wasm has none for gather).
 *
 * @param ids [batch, length] int32
 * @param table [vocab, width]
 * @returns [batch · length, width]
 */
export function embedding(ids: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor2D {
  const [vocab] = table.shape;
  const oneHot = tf.oneHot(tf.reshape(ids, [-1]), vocab) as tf.Tensor2D; // [rows, vocab]
  return tf.matMul(tf.cast(oneHot, "float32"), table);
}
