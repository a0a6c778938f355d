/** Normalisation of each channel over all rows of a batch as one kernel. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/**
 * Inputs x [rows, channels], one row or more, gain and bias [channels]; attribute `epsilon`; outputs [rows, channels] and the
 * mean and variance (divided by `rows`) that it was made with, [channels] each.
 */
export const BATCH_NORM = "GdiffBatchNorm";

/** Inputs x, gain, mean, variance and dy; attribute `epsilon`; outputs the gradients of x, gain and bias. */
export const BATCH_NORM_BACKWARD = "GdiffBatchNormBackward";

/** Of the first output alone: nothing flows back through the mean and the variance as outputs. */
export const BATCH_NORM_GRADIENT: tf.GradConfig = {
  kernelName: BATCH_NORM,
  inputsToSave: ["x", "gain"],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved, { epsilon }) => {
    const [dy] = dys as [tf.Tensor];
    const [x, gain, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { x, gain, mean, variance, dy };
    const [dx, dGain, dBias] = runFused(BATCH_NORM_BACKWARD, inputs, {
      epsilon: epsilon as number,
    }) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: () => dx, gain: () => dGain, bias: () => dBias };
  },
};
