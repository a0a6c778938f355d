/** Functions of one element: float32 in C++, other types in JavaScript. */

import { tf } from "../../../tensor/tf.ts";
import { unlessAll } from "../declines.ts";
import { input, type NativeKernel } from "../kernel.ts";

/** In the order of `Unary` in native/kernels/elementwise.h. */
const FUNCTIONS = [
  "Abs",
  "Neg",
  "Square",
  "Sqrt",
  "Rsqrt",
  "Reciprocal",
  "Relu",
  "Relu6",
  "LeakyRelu",
  "Step",
  "Sign",
  "Floor",
  "Ceil",
  "Round",
  "ClipByValue",
  "Exp",
  "Expm1",
  "Log",
  "Log1p",
  "Sigmoid",
  "Tanh",
  "Softplus",
  "Erf",
  "Elu",
  "Selu",
  "Sin",
  "Cos",
  "Tan",
  "Asin",
  "Acos",
  "Atan",
  "Sinh",
  "Cosh",
  "Asinh",
  "Acosh",
  "Atanh",
] as const;

/** In the order of `Test`; their result is bool. */
const TESTS = ["IsNan", "IsInf", "IsFinite"] as const;

/** Attributes that a function takes, as C++ numbers them. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  LeakyRelu: ["alpha"],
  Step: ["alpha"],
  ClipByValue: ["clipValueMin", "clipValueMax"],
};

const functions = FUNCTIONS.map((name, code): NativeKernel => {
  const attributes = ATTRIBUTES[name] ?? [];
  return {
    name,
    declines: (call) => unlessAll("float32", input(call, "x")),
    run: (call) => {
      const { backend, attrs } = call;
      const x = input(call, "x");
      const out = backend.output(x.shape);
      const [p = 0, q = 0] = attributes.map((attribute) => attrs[attribute] as number);
      const count = tf.util.sizeFromShape(x.shape);
      backend.binding.unary(code, count, backend.floats(x), backend.floats(out), p, q);
      return out;
    },
  };
});

const tests = TESTS.map(
  (name, code): NativeKernel => ({
    name,
    declines: (call) => unlessAll("float32", input(call, "x")),
    run: (call) => {
      const { backend } = call;
      const x = input(call, "x");
      const out = backend.output(x.shape, "bool");
      const count = tf.util.sizeFromShape(x.shape);
      backend.binding.test(code, count, backend.floats(x), backend.bytes(out));
      return out;
    },
  }),
);

const logicalNot: NativeKernel = {
  name: tf.LogicalNot,
  declines: (call) => unlessAll("bool", input(call, "x")),
  run: (call) => {
    const { backend } = call;
    const x = input(call, "x");
    const out = backend.output(x.shape, "bool");
    const count = tf.util.sizeFromShape(x.shape);
    backend.binding.logicalNot(count, backend.bytes(x), backend.bytes(out));
    return out;
  },
};

export const UNARY: readonly NativeKernel[] = [...functions, ...tests, logicalNot];
