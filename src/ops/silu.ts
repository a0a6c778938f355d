/** The sigmoid linear unit (arXiv:1702.03118). */

import { tf } from "../tensor/tf.ts";

/** x · sigmoid(x) */
export function silu<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.sigmoid(x));
}
