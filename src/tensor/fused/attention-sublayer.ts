/** y = x + out(attention(rotary(qkv(layerNorm(x))))) as one kernel, and its gradient as another. */

import type { tf } from "../tf.ts";
import { type Attributes, runFused } from "./run.ts";

/**
 * Inputs x [batch · length, width], gain [width], qkv [3 · width, width], out [width, width], cos and sin
 * [length, headWidth]; attributes `batch`, `length`, `heads`, `epsilon`, those of attention's pattern (`pattern`,
 * `block`, `offset` 0, `lengths`) and `keep`, whether a gradient will follow. Outputs y [batch · length, width] and, with
 * `keep`, what the gradient needs.
 */
export const ATTENTION_SUBLAYER = "GdiffAttentionSublayer";

/** Inputs and attributes of ATTENTION_SUBLAYER, `kept` and `dy`; outputs the gradients of x, gain, qkv and out. */
export const ATTENTION_SUBLAYER_GRAD = "GdiffAttentionSublayerGrad";

const LEARNED = ["x", "gain", "qkv", "out"] as const;
const INPUTS = [...LEARNED, "cos", "sin"] as const;

/** No gradient of cos and sin. */
export const ATTENTION_SUBLAYER_GRADIENT: tf.GradConfig = {
  kernelName: ATTENTION_SUBLAYER,
  inputsToSave: [...INPUTS],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    const [dy] = dys as [tf.Tensor];
    const named = Object.fromEntries(INPUTS.map((name, i) => [name, saved[i] as tf.Tensor]));
    const kept = saved[INPUTS.length] as tf.Tensor;
    const grads = runFused(ATTENTION_SUBLAYER_GRAD, { ...named, kept, dy }, attrs as Attributes);
    return Object.fromEntries(LEARNED.map((name, i) => [name, () => grads[i] as tf.Tensor]));
  },
};
