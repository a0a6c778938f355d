/** GELU, tanh form, as one kernel. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Input x of any shape; output of the same. */
export const GELU = "GdiffGelu";

/** Inputs x and dy; output dx; all of one shape. */
export const GELU_BACKWARD = "GdiffGeluBackward";

export const GELU_GRADIENT: tf.GradConfig = {
  kernelName: GELU,
  inputsToSave: ["x"],
  gradFunc: (dy, [x]) => ({
    x: () => runFused(GELU_BACKWARD, { x: x as tf.Tensor, dy: dy as tf.Tensor })[0] as tf.Tensor,
  }),
};
