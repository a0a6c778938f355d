/** The weighted cross-entropy of a few classes as one kernel; differentiable in the logits alone. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Inputs logits [rows, classes], x0 [rows] int32, weight [rows]; output a scalar. */
export const MASKED_CROSS_ENTROPY = "GdiffMaskedCrossEntropy";

/** Inputs logits, x0, weight and dy, a scalar; output dLogits [rows, classes]. */
export const MASKED_CROSS_ENTROPY_BACKWARD = "GdiffMaskedCrossEntropyBackward";

export const MASKED_CROSS_ENTROPY_GRADIENT: tf.GradConfig = {
  kernelName: MASKED_CROSS_ENTROPY,
  inputsToSave: ["logits", "x0", "weight"],
  gradFunc: (dy, saved) => {
    const [logits, x0, weight] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { logits, x0, weight, dy: dy as tf.Tensor };
    return { logits: () => runFused(MASKED_CROSS_ENTROPY_BACKWARD, inputs)[0] as tf.Tensor };
  },
};
