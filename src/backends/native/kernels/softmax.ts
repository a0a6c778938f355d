/** TensorFlow.js' own Softmax and LogSoftmax, which are over the last axis. (tf.logSoftmax composes it instead.) */

import { ShapeError } from "../../../errors.ts";
import { tf } from "../../../tensor/tf.ts";
import { input, type NativeKernel } from "../kernel.ts";

export const SOFTMAXES: readonly NativeKernel[] = [
  overLastAxis(tf.Softmax, "softmax"),
  overLastAxis(tf.LogSoftmax, "logSoftmax"),
];

function overLastAxis(name: string, call: "softmax" | "logSoftmax"): NativeKernel {
  return {
    name,
    run: (asked) => {
      const { backend } = asked;
      const logits = input(asked, "logits");
      const size = tf.util.sizeFromShape(logits.shape);
      const width = logits.shape.at(-1);
      if (width === undefined)
        throw new ShapeError(`${name}: expected logits to be [..., width], got []`);
      const out = backend.output(logits.shape);
      const rows = width === 0 ? 0 : size / width;
      backend.binding[call](rows, width, backend.floats(logits), backend.floats(out));
      return out;
    },
  };
}
