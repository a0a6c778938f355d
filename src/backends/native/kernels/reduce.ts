/** Sums, means, products, extremes, all and any along axes. */

import { tf } from "../../../tensor/tf.ts";
import type { NativeBackend } from "../backend.ts";
import { unlessAll, unlessOneOf } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";
import { type ReducedAxes, reducedAxes } from "../layout/reduced-axes.ts";
import type { NumericType } from "../memory/values.ts";
import { transposed } from "./transpose.ts";

/** In the order of `Reduction` in native/kernels/reduce.h. */
const FLOAT_FUNCTIONS: readonly string[] = ["Sum", "Mean", "Max", "Min", "Prod"];
/** In the order of `IntegerReduction`. */
const INTEGER_FUNCTIONS: readonly string[] = ["Sum", "Max", "Min", "Prod"];

/** Reduces x, its reduced axes side by side, into out. */
type Reduce = (
  backend: NativeBackend,
  axes: ReducedAxes,
  x: tf.TensorInfo,
  out: tf.TensorInfo,
) => void;

function reduction(
  name: string,
  axisAttribute: string,
  declines: (x: tf.TensorInfo) => string | undefined,
  reduce: Reduce,
): NativeKernel {
  return {
    name,
    declines: (call) => declines(input(call, "x")),
    run: (call) => {
      const { backend, attrs } = call;
      const x = input(call, "x");
      const axes = reducedAxes(x.shape, attrs[axisAttribute] as number[], attrs.keepDims === true);
      const out = backend.output(axes.shape, x.dtype as NumericType);
      if (axes.permutation === undefined) {
        reduce(backend, axes, x, out);
        return out;
      }
      const together = transposed(backend, x, axes.permutation);
      reduce(backend, axes, together, out);
      backend.disposeIntermediateTensorInfo(together);
      return out;
    },
  };
}

function numbers(name: string): NativeKernel {
  const floatCode = FLOAT_FUNCTIONS.indexOf(name);
  const integerCode = INTEGER_FUNCTIONS.indexOf(name);
  const axis = name === "Max" ? "reductionIndices" : "axis";
  const declines = (x: tf.TensorInfo) =>
    integerCode < 0 ? unlessAll("float32", x) : unlessOneOf(["float32", "int32"], x);
  return reduction(name, axis, declines, (backend, { outer, count, inner }, x, out) => {
    const { binding } = backend;
    if (x.dtype === "float32") {
      const [from, to] = [backend.floats(x), backend.floats(out)];
      binding.reduceFloats(floatCode, outer, count, inner, from, to);
    } else {
      const [from, to] = [backend.ints(x), backend.ints(out)];
      binding.reduceIntegers(integerCode, outer, count, inner, from, to);
    }
  });
}

function logical(name: string, isAny: boolean): NativeKernel {
  const declines = (x: tf.TensorInfo) => unlessAll("bool", x);
  return reduction(name, "axis", declines, (backend, { outer, count, inner }, x, out) => {
    const [from, to] = [backend.bytes(x), backend.bytes(out)];
    backend.binding.reduceBytes(isAny, outer, count, inner, from, to);
  });
}

export const REDUCTIONS: readonly NativeKernel[] = [
  ...FLOAT_FUNCTIONS.map(numbers),
  logical(tf.All, false),
  logical(tf.Any, true),
];
