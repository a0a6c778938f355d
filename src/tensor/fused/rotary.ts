/** Rotary position embedding as one kernel, which is its own gradient turned back. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/**
 * Inputs x [batch, heads, length, headWidth], cos and sin [length, headWidth]; attribute `isBack`, whether to turn by the
 * negative angle; output in the shape of x. No gradient of cos and sin.
 */
export const ROTARY = "GdiffRotary";

export const ROTARY_GRADIENT: tf.GradConfig = {
  kernelName: ROTARY,
  inputsToSave: ["cos", "sin"],
  gradFunc: (dy, saved, attrs) => {
    const [cos, sin] = saved as [tf.Tensor, tf.Tensor];
    const isBack = attrs.isBack !== true;
    return {
      x: () => runFused(ROTARY, { x: dy as tf.Tensor, cos, sin }, { isBack })[0] as tf.Tensor,
    };
  },
};
