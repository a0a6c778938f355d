import { tf } from "../../../tensor/tf.ts";
import { unlessAll, unlessOneOf } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";

/** Elements of t where the condition holds, else of e. */
export const SELECT: NativeKernel = {
  name: tf.Select,
  declines: (call) => {
    const [condition, t, e] = [input(call, "condition"), input(call, "t"), input(call, "e")];
    if (!tf.util.arraysEqual(condition.shape, t.shape)) return "by rows";
    return unlessAll("bool", condition) ?? unlessOneOf(["float32", "int32"], t, e);
  },
  run: (call) => {
    const { backend } = call;
    const t = input(call, "t");
    const out = backend.output(t.shape, t.dtype as "float32" | "int32");
    backend.binding.select(
      tf.util.sizeFromShape(t.shape),
      backend.bytes(input(call, "condition")),
      valuesOf(backend, t),
      valuesOf(backend, input(call, "e")),
      valuesOf(backend, out),
    );
    return out;
  },
};
