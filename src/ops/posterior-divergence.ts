/**
 * The divergence of the posterior of absorbing noise with a prediction over bases and MASK in it, from the true one, over one step of
 * discrete time (D3PM, arXiv:2107.03006; diffusion/discrete-posterior.ts has the derivation, and the same in plain numbers).
 */

import { expectShape } from "../tensor/expect-shape.ts";
import { tf } from "../tensor/tf.ts";

/** The numbers of each row's step, [rows]; b and c are 0 where MASK has no part in the loss. */
export interface PosteriorTerms {
  /** 0 at visible and unscored positions */
  readonly weight: tf.Tensor1D;
  readonly step: tf.Tensor1D;
  readonly a: tf.Tensor1D;
  readonly b: tf.Tensor1D;
  readonly c: tf.Tensor1D;
}

/**
 * Σ weight · (−ln p(x) + ln(1 + b m) − step · ln(1 + c m / (1 + a m))), in nats, p the softmax of a row and m its last part.
 *
 * @param outputs [rows, 5]
 * @param x0 [rows] int32; any id where the weight is 0
 * @returns a scalar
 * @throws {ShapeError} when ids or numbers are not one a row
 */
export function posteriorDivergence(
  outputs: tf.Tensor2D,
  x0: tf.Tensor1D,
  terms: PosteriorTerms,
): tf.Scalar {
  const [rows, columns] = outputs.shape;
  expectShape("posteriorDivergence", "x0", x0, [rows]);
  for (const [name, tensor] of Object.entries(terms))
    expectShape("posteriorDivergence", name, tensor, [rows]);
  const { weight, step, a, b, c } = terms;
  const logProbs = tf.logSoftmax(outputs);
  const own = tf.sum(tf.mul(tf.oneHot(x0, columns), logProbs), 1);
  const mask = tf.reshape(tf.slice(logProbs, [0, columns - 1], [rows, 1]), [rows]);
  const m = tf.exp(mask);
  const less = tf.log1p(tf.div(tf.mul(c, m), tf.add(tf.mul(a, m), 1)));
  const more = tf.log1p(tf.mul(b, m));
  const nats = tf.add(tf.neg(own), tf.sub(more, tf.mul(step, less)));
  return tf.sum(tf.mul(nats, weight));
}
