import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { reducedAxes } from "../layout/reduced-axes.ts";

/** Running sums along an axis, each rounded to float32. */
export const CUMSUM: NativeKernel = {
  name: tf.Cumsum,
  declines: (call) => unlessAll("float32", input(call, "x")),
  run: (call) => {
    const { backend, attrs } = call;
    const x = input(call, "x");
    const { outer, count, inner } = reducedAxes(x.shape, attrs.axis as number, false);
    const out = backend.output(x.shape);
    backend.binding.cumulate(
      outer,
      count,
      inner,
      backend.floats(x),
      backend.floats(out),
      attrs.exclusive === true,
      attrs.reverse === true,
    );
    return out;
  },
};
