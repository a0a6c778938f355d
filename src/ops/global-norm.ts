/** Euclidean norm of a whole tree. */

import { GLOBAL_NORM } from "../tensor/fused/global-norm.ts";
import { hasFused, runFused } from "../tensor/fused/run.ts";
import type { ParamTree } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";

/** sqrt(Σ x²) over all tensors; a scalar that the caller disposes. */
export function globalNorm(tree: ParamTree): tf.Scalar {
  if (hasFused(GLOBAL_NORM)) return runFused(GLOBAL_NORM, tree)[0] as tf.Scalar;
  return tf.tidy(() => {
    const sums = Object.values(tree).map((tensor) => tf.sum(tf.square(tensor)) as tf.Scalar);
    return tf.sqrt(tf.sum(tf.stack(sums))) as tf.Scalar; // WebGPU adds no more than some ten tensors at once
  });
}
