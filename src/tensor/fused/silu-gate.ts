/** The SiLU gate as one kernel. */

import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** Inputs a and b of one shape; output of the same. */
export const SILU_GATE = "GdiffSiluGate";

/** Inputs a, b and dy; outputs da and db; all of one shape. */
export const SILU_GATE_BACKWARD = "GdiffSiluGateBackward";

export const SILU_GATE_GRADIENT: tf.GradConfig = {
  kernelName: SILU_GATE,
  inputsToSave: ["a", "b"],
  gradFunc: (dy, [a, b]) => {
    const inputs = { a: a as tf.Tensor, b: b as tf.Tensor, dy: dy as tf.Tensor };
    const [da, db] = runFused(SILU_GATE_BACKWARD, inputs);
    return { a: () => da as tf.Tensor, b: () => db as tf.Tensor };
  },
};
