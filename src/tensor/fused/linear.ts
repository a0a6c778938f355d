/** y = x Wᵀ + b as one kernel, and its gradient as another. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Inputs x [rows, in], weight [out, in] and, optional, bias [out]; attribute `hasBias`; output [rows, out]. */
export const LINEAR = "GdiffLinear";

/** Inputs x, weight and dy [rows, out]; attribute `hasBias`; outputs dx, dWeight and, with a bias, dBias. */
export const LINEAR_GRAD = "GdiffLinearGrad";

export const LINEAR_GRADIENT: tf.GradConfig = {
  kernelName: LINEAR,
  inputsToSave: ["x", "weight"],
  gradFunc: (dy, saved, attrs) => {
    const [x, weight] = saved as [tf.Tensor, tf.Tensor];
    const hasBias = attrs.hasBias === true;
    const [dx, dWeight, dBias] = runFused(
      LINEAR_GRAD,
      { x, weight, dy: dy as tf.Tensor },
      { hasBias },
    );
    return {
      x: () => dx as tf.Tensor,
      weight: () => dWeight as tf.Tensor,
      ...(hasBias ? { bias: () => dBias as tf.Tensor } : {}),
    };
  },
};
