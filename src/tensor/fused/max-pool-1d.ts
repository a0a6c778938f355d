/** The largest of each window of positions as one kernel. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Input x [batch, length, width]; attribute `window`; output [batch, ⌊length / window⌋, width]. */
export const MAX_POOL_1D = "GdiffMaxPool1d";

/** Inputs x and dy [batch, ⌊length / window⌋, width]; attribute `window`; output dx [batch, length, width]. */
export const MAX_POOL_1D_BACKWARD = "GdiffMaxPool1dBackward";

export const MAX_POOL_1D_GRADIENT: tf.GradConfig = {
  kernelName: MAX_POOL_1D,
  inputsToSave: ["x"],
  gradFunc: (dy, [x], { window }) => {
    const inputs = { x: x as tf.Tensor, dy: dy as tf.Tensor };
    const attrs = { window: window as number };
    return { x: () => runFused(MAX_POOL_1D_BACKWARD, inputs, attrs)[0] as tf.Tensor };
  },
};
