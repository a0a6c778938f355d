/**
 * What a condition does to a block (adaLN-Zero: Peebles, Xie, arXiv:2212.09748, section 3.2; MDLM's models/dit.py): it
 * shifts and scales what a norm gives, and gates what is added to the residual stream; one vector a row of the batch.
 */

import { tf } from "../tensor/tf.ts";

/** How the features of a batch's rows are bent, both [batch, width]. */
export interface Modulation {
  readonly shift: tf.Tensor2D;
  readonly scale: tf.Tensor2D;
}

/**
 * x · (1 + scale) + shift, every position of a row by the row's own.
 *
 * @param x [batch · length, width]
 * @returns [batch · length, width]
 */
export function modulate(x: tf.Tensor2D, { shift, scale }: Modulation): tf.Tensor2D {
  const rows = byRow(x, shift);
  const scaled = tf.mul(rows, tf.add(tf.expandDims(scale, 1), 1));
  return tf.reshape(tf.add(scaled, tf.expandDims(shift, 1)), x.shape);
}

/**
 * x + gate · y, every position of a row by the row's gate.
 *
 * @param x [batch · length, width]
 * @param y [batch · length, width]
 * @param gate [batch, width]
 */
export function addGated(x: tf.Tensor2D, y: tf.Tensor2D, gate: tf.Tensor2D): tf.Tensor2D {
  const gated = tf.mul(byRow(y, gate), tf.expandDims(gate, 1));
  return tf.add(x, tf.reshape(gated, x.shape)) as tf.Tensor2D;
}

/** [batch · length, width] as [batch, length, width]. */
function byRow(x: tf.Tensor2D, { shape: [batch, width] }: tf.Tensor2D): tf.Tensor3D {
  return tf.reshape(x, [batch, -1, width]);
}
