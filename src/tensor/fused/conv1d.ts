/** A convolution along the positions of sequences as one kernel, and its gradients as two. */

import { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/**
 * Inputs x [batch, length, in], weight [out, in, kernel] and, optional, bias [out]; attribute `hasBias`; output
 * [batch, length − kernel + 1, out].
 */
export const CONV1D = "GdiffConv1d";

/** Inputs weight and dy [batch, length − kernel + 1, out]; output dx [batch, length, in]. */
export const CONV1D_INPUT_GRAD = "GdiffConv1dInputGrad";

/** Inputs x and dy; output dWeight [out, in, kernel]. */
export const CONV1D_WEIGHT_GRAD = "GdiffConv1dWeightGrad";

/** Each of its parts is computed only where it is asked for: the first layer of a network needs no dx. */
export const CONV1D_GRADIENT: tf.GradConfig = {
  kernelName: CONV1D,
  inputsToSave: ["x", "weight"],
  gradFunc: (dys, saved, { hasBias }) => {
    const dy = dys as tf.Tensor3D;
    const [x, weight] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () => runFused(CONV1D_INPUT_GRAD, { weight, dy })[0] as tf.Tensor,
      weight: () => runFused(CONV1D_WEIGHT_GRAD, { x, dy })[0] as tf.Tensor,
      ...(hasBias === true ? { bias: () => tf.sum(dy, [0, 1]) } : {}),
    };
  },
};
