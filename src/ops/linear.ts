/** Affine map of the last axis, in PyTorch's layout of the weight. */

import { expectShape } from "../tensor/expect-shape.ts";
import { LINEAR } from "../tensor/fused/linear.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

/**
 * y = x Wᵀ + b.
 *
 * @param x [rows, in]
 * @param weight [out, in]
 * @param bias [out], absent for none
 * @returns [rows, out]
 * @throws {ShapeError} when weight or bias does not fit
 */
export function linear(x: tf.Tensor2D, weight: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor2D {
  const [out = 0] = expectShape("linear", "weight", weight, ["out", x.shape[1]]);
  if (bias !== undefined) expectShape("linear", "bias", bias, [out]);
  if (hasFused(LINEAR)) {
    const hasBias = bias !== undefined;
    const inputs = hasBias ? { x, weight, bias } : { x, weight };
    return runFused(LINEAR, inputs, { hasBias })[0] as tf.Tensor2D;
  }
  const product: tf.Tensor2D = tf.matMul(x, weight, false, true);
  if (bias === undefined) return product;
  return tf.add(product, bias);
}
