/** GELU, tanh form: Hendrycks, Gimpel, arXiv:1606.08415, section 2. */

import { GELU } from "../tensor/fused/gelu.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";

const CUBIC = 0.044715;
const TWICE_SQRT_2_OVER_PI = 2 * Math.sqrt(2 / Math.PI);

/** x · ½(1 + tanh(√(2/π)(x + 0.044715 x³))), written with the sigmoid since ½(1 + tanh z) = sigmoid(2z). */
export function gelu<T extends tf.Tensor>(x: T): T {
  if (hasFused(GELU)) return runFused(GELU, { x })[0] as T;
  const inner = tf.add(tf.mul(tf.square(x), CUBIC * TWICE_SQRT_2_OVER_PI), TWICE_SQRT_2_OVER_PI);
  return tf.mul(x, tf.sigmoid(tf.mul(x, inner)));
}
