/** The mean over each row's positions as one kernel. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Input x [batch, length, width]; attributes `length` and `lengths`, one in 1 … length a row; output [batch, width]. */
export const MEAN_POOL = "GdiffMeanPool";

/** Input dy [batch, width]; the same attributes; output dx [batch, length, width]. */
export const MEAN_POOL_BACKWARD = "GdiffMeanPoolBackward";

export const MEAN_POOL_GRADIENT: tf.GradConfig = {
  kernelName: MEAN_POOL,
  gradFunc: (dy, _saved, { length, lengths }) => {
    const attrs = { length: length as number, lengths: lengths as number[] };
    return {
      x: () => runFused(MEAN_POOL_BACKWARD, { dy: dy as tf.Tensor }, attrs)[0] as tf.Tensor,
    };
  },
};
