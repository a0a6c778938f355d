import type { tf } from "../tf.ts";
import { runFused } from "./run.ts";

/** The gradient of a norm of x [rows, width] with gain [width]; keeps both and computes mean and scale again. */
export function normGradient(forward: string, backward: string): tf.GradConfig {
  return {
    kernelName: forward,
    inputsToSave: ["x", "gain"],
    gradFunc: (dy, [x, gain], { epsilon }) => {
      const inputs = { dy: dy as tf.Tensor, x: x as tf.Tensor, gain: gain as tf.Tensor };
      const [dx, dGain] = runFused(backward, inputs, { epsilon: epsilon as number });
      return { x: () => dx as tf.Tensor, gain: () => dGain as tf.Tensor };
    },
  };
}
