/** Where along one axis the largest or smallest element is. */

import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { reducedAxes } from "../layout/reduced-axes.ts";

function argExtreme(name: string, isMin: boolean): NativeKernel {
  return {
    name,
    declines: (call) => {
      const x = input(call, "x");
      const axes = tf.util.parseAxisParam(call.attrs.axis as number, x.shape);
      return axes.length === 1 ? unlessAll("float32", x) : "along several axes";
    },
    run: (call) => {
      const { backend, attrs } = call;
      const x = input(call, "x");
      const { outer, count, inner, shape } = reducedAxes(x.shape, attrs.axis as number, false);
      const out = backend.output(shape, "int32");
      const [from, to] = [backend.floats(x), backend.ints(out)];
      backend.binding.argExtreme(isMin, outer, count, inner, from, to);
      return out;
    },
  };
}

export const ARG_EXTREMES: readonly NativeKernel[] = [
  argExtreme(tf.ArgMax, false),
  argExtreme(tf.ArgMin, true),
];
