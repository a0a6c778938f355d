/** Rows of a table by token id. */

import { EMBEDDING } from "../tensor/fused/embedding.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/**
 * Embeds ids: one kernel where the backend has it, else a product with their one-hot rows, which costs nothing with
 * six ids and has a gradient on every backend (TensorFlow.js' wasm has none for gather). An id that has no row is an
 * error of the kernel and a row of zeros in the product.
 *
 * @param ids [batch, length] int32
 * @param table [vocab, width]
 * @returns [batch · length, width]
 */
export function embedding(ids: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor2D {
  const flat: tf.Tensor1D = tf.reshape(ids, [-1]);
  if (hasFused(EMBEDDING)) return runFused(EMBEDDING, { ids: flat, table })[0] as tf.Tensor2D;
  const [vocab] = table.shape;
  const oneHot = tf.oneHot(flat, vocab) as tf.Tensor2D; // [rows, vocab]
  return tf.matMul(tf.cast(oneHot, "float32"), table);
}
