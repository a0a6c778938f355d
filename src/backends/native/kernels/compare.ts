/** Comparisons and logic with broadcasting; the result is bool. */

import { tf } from "../../../tensor/tf.ts";
import { unlessAll, unlessNumeric } from "../declines.ts";
import { elementTypeCode } from "../element-type.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { valuesOf } from "../layout/copy.ts";
import { broadcastAxes } from "../layout/strides.ts";

/** In the order of `Comparison` in native/kernels/elementwise.h. */
const FUNCTIONS = [
  "Equal",
  "NotEqual",
  "Less",
  "LessEqual",
  "Greater",
  "GreaterEqual",
  "LogicalAnd",
  "LogicalOr",
] as const;

export const COMPARISONS: readonly NativeKernel[] = FUNCTIONS.map((name, code) => ({
  name,
  declines: (call) => {
    const operands = [input(call, "a"), input(call, "b")];
    return name.startsWith("Logical") ? unlessAll("bool", ...operands) : unlessNumeric(...operands);
  },
  run: (call) => {
    const { backend } = call;
    const [a, b] = [input(call, "a"), input(call, "b")];
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const axes = broadcastAxes(shape, a.shape, b.shape);
    const out = backend.output(shape, "bool");
    backend.binding.compare(
      code,
      elementTypeCode(a.dtype),
      shape.length,
      axes,
      valuesOf(backend, a),
      valuesOf(backend, b),
      backend.bytes(out),
    );
    return out;
  },
}));
