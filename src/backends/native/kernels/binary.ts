/** Functions of two elements with broadcasting; the result has the operands' type. */

import { tf } from "../../../tensor/tf.ts";
import { unlessAll, unlessOneOf } from "../declines.ts";
import { input, type NativeKernel, type NativeKernelCall } from "../kernel.ts";
import { broadcastAxes } from "../layout/strides.ts";

/** In the order of `Arithmetic` in native/kernels/elementwise.h, less the last, which only AddN uses. */
const FLOAT_FUNCTIONS: readonly string[] = [
  "Add",
  "Sub",
  "Multiply",
  "RealDiv",
  "Maximum",
  "Minimum",
  "SquaredDifference",
  "Pow",
  "Mod",
  "Prelu",
  "Atan2",
  "EluGrad",
];

/** In the order of `IntegerArithmetic`. */
const INTEGER_FUNCTIONS: readonly string[] = [
  "Add",
  "Sub",
  "Multiply",
  "FloorDiv",
  "Maximum",
  "Minimum",
  "SquaredDifference",
  "Mod",
];

/** What the two operands are called where not a and b. */
const OPERANDS: Readonly<Record<string, readonly [string, string]>> = {
  Prelu: ["x", "alpha"],
  EluGrad: ["dy", "y"],
};

function binaryKernel(name: string): NativeKernel {
  const floatCode = FLOAT_FUNCTIONS.indexOf(name);
  const integerCode = INTEGER_FUNCTIONS.indexOf(name);
  const [first, second] = OPERANDS[name] ?? ["a", "b"];
  const operands = (call: NativeKernelCall) => [input(call, first), input(call, second)] as const;
  return {
    name,
    declines: (call) => {
      if (floatCode < 0) return unlessAll("int32", ...operands(call));
      if (integerCode < 0) return unlessAll("float32", ...operands(call));
      return unlessOneOf(["float32", "int32"], ...operands(call));
    },
    run: (call) => {
      const { backend } = call;
      const [a, b] = operands(call);
      const { binding } = backend;
      const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const axes = broadcastAxes(shape, a.shape, b.shape);
      const rank = shape.length;
      if (a.dtype === "int32") {
        const out = backend.output(shape, "int32");
        const [p, q, to] = [backend.ints(a), backend.ints(b), backend.ints(out)];
        binding.integerArithmetic(integerCode, rank, axes, p, q, to);
        return out;
      }
      const out = backend.output(shape);
      const [p, q, to] = [backend.floats(a), backend.floats(b), backend.floats(out)];
      binding.arithmetic(floatCode, rank, axes, p, q, to);
      return out;
    },
  };
}

const names = new Set([...FLOAT_FUNCTIONS, ...INTEGER_FUNCTIONS]);

export const BINARY: readonly NativeKernel[] = [...names].map(binaryKernel);
