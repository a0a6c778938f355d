/** y = x + down(gelu(up(layerNorm(x)))) as one kernel, and its gradient as another. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/**
 * Inputs x [rows, width], gain [width], up [hidden, width], upBias [hidden], down [width, hidden], downBias [width];
 * attributes `epsilon` and `keep`, whether a gradient will follow. Outputs y [rows, width] and, with `keep`, what the
 * gradient needs.
 */
export const MLP_SUBLAYER = "GdiffMlpSublayer";

/** Inputs of MLP_SUBLAYER, `kept` and `dy`; outputs the gradients of its inputs in their order. */
export const MLP_SUBLAYER_GRAD = "GdiffMlpSublayerGrad";

const INPUTS = ["x", "gain", "up", "upBias", "down", "downBias"] as const;

export const MLP_SUBLAYER_GRADIENT: tf.GradConfig = {
  kernelName: MLP_SUBLAYER,
  inputsToSave: [...INPUTS],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy] = dys as tf.Tensor[];
    const named = Object.fromEntries(INPUTS.map((name, i) => [name, saved[i] as tf.Tensor]));
    const kept = saved[INPUTS.length] as tf.Tensor;
    const grads = runFused(
      MLP_SUBLAYER_GRAD,
      { ...named, kept, dy: dy as tf.Tensor },
      { epsilon: attrs.epsilon as number },
    );
    return Object.fromEntries(INPUTS.map((name, i) => [name, () => grads[i] as tf.Tensor]));
  },
};
