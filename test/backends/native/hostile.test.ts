/** What no well-meant program does: the native backend answers as TensorFlow.js' cpu backend does, value by value and word by word. */

import { beforeAll, describe, expect, it } from "vitest";
import { startNative } from "../../../src/backends/native/start.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { useBackend } from "../../support/backend.ts";

type Action = () => tf.Tensor | tf.Tensor[];

/** Shapes, types and values of what came, or the error. */
function outcome(action: Action): unknown {
  tf.engine().startScope();
  try {
    const made = action();
    return (Array.isArray(made) ? made : [made]).map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...tensor.dataSync()].map(rounded),
    }));
  } catch (error) {
    return String(error);
  } finally {
    tf.engine().endScope();
  }
}

/** Five digits: kernels may round differently, and a maximum of zeros may be either; NaN and infinities stay. */
function rounded(value: number | string): unknown {
  if (typeof value === "string" || !Number.isFinite(value)) return value;
  if (value === 0) return 0;
  return Number(value.toPrecision(5));
}

const HOSTILE = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1,
  -1,
  3e38,
  -3e38,
  1e-40,
];
const hostile = (): tf.Tensor1D => tf.tensor1d(HOSTILE);
const ints = (...values: number[]): tf.Tensor1D => tf.tensor1d(values, "int32");
const empty = (...shape: number[]): tf.Tensor => tf.zeros(shape);
const disposed = (): tf.Tensor1D => {
  const x = tf.tensor1d([1, 2]);
  x.dispose();
  return x;
};

const UNARY = [
  "abs",
  "exp",
  "log",
  "sqrt",
  "square",
  "neg",
  "sigmoid",
  "tanh",
  "relu",
  "erf",
  "softplus",
  "sign",
  "floor",
  "reciprocal",
  "rsqrt",
  "isNaN",
  "isInf",
  "isFinite",
] as const;
const BINARY = [
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
  "pow",
  "squaredDifference",
  "less",
  "greaterEqual",
  "equal",
  "notEqual",
] as const;
const REDUCTIONS = ["sum", "mean", "max", "min", "prod"] as const;

const every = (): [string, Action][] => [
  ...UNARY.flatMap((name): [string, Action][] => [
    [`${name} of NaN, infinities and zeros`, () => tf[name](hostile())],
    [`${name} of nothing`, () => tf[name](empty(0, 3))],
  ]),
  ...BINARY.flatMap((name): [string, Action][] => [
    [`${name} of every pair of them`, () => tf[name](hostile().expandDims(1), hostile())],
    [`${name} of nothing and one`, () => tf[name](empty(0, 3), tf.ones([1, 3]))],
    [`${name} of shapes apart`, () => tf[name](tf.ones([2, 3]), tf.ones([2, 4]))],
    [`${name} of int32 and float32`, () => tf[name](ints(1, 2), tf.tensor1d([1.5, 2]))],
    [
      `${name} of bool and bool`,
      () => tf[name](tf.tensor1d([true, false]), tf.tensor1d([true, true])),
    ],
  ]),
  ...REDUCTIONS.flatMap((name): [string, Action][] => [
    [`${name} of NaN and infinities`, () => tf[name](hostile())],
    [`${name} of one of them each`, () => tf[name](hostile().expandDims(1), 1)],
    [`${name} over no rows`, () => tf[name](empty(0, 3), 0)],
    [`${name} of no columns`, () => tf[name](empty(2, 0), 0)],
    [`${name} over an axis that is not there`, () => tf[name](tf.ones([2]), 1)],
    [`${name} of int32`, () => tf[name](tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"), 0)],
    [`${name} of bool`, () => tf[name](tf.tensor2d([1, 0, 1, 1], [2, 2], "bool"), 0)],
  ]),
  [
    "argMax with NaN",
    () => tf.argMax(tf.tensor2d([1, Number.NaN, 3, Number.NaN, 1, 2], [2, 3]), 1),
  ],
  ["argMax of equals", () => tf.argMax(tf.tensor1d([2, 2, 1]))],
  [
    "softmax with infinities",
    () => tf.softmax(tf.tensor2d([0, Number.NEGATIVE_INFINITY, 1e38, 3, Number.NaN, 1], [2, 3])),
  ],
  ["softmax of nothing", () => tf.softmax(empty(0, 3))],
  ["logSoftmax of large ones", () => tf.logSoftmax(tf.tensor2d([1e30, 1e30, -1e30], [1, 3]))],
  [
    "matMul with NaN and infinity",
    () => tf.matMul(tf.tensor2d([Number.NaN, 1, Number.POSITIVE_INFINITY, 0], [2, 2]), tf.eye(2)),
  ],
  ["matMul over nothing", () => tf.matMul(empty(2, 0) as tf.Tensor2D, empty(0, 3) as tf.Tensor2D)],
  ["matMul of no rows", () => tf.matMul(empty(0, 2) as tf.Tensor2D, tf.ones([2, 3]))],
  ["matMul of no batch", () => tf.matMul(empty(0, 2, 3), empty(0, 3, 4))],
  ["matMul of shapes apart", () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]))],
  ["matMul of batches apart", () => tf.matMul(tf.ones([2, 2, 3]), tf.ones([3, 3, 1]))],
  ["matMul of vectors", () => tf.matMul(tf.ones([3]), tf.ones([3]))],
  [
    "matMul of int32",
    () =>
      tf.matMul(
        tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"),
        tf.tensor2d([1, 0, 0, 1], [2, 2], "int32"),
      ),
  ],
  ["reshape to another size", () => tf.reshape(tf.ones([2, 3]), [4, 2])],
  ["reshape with two unknowns", () => tf.reshape(tf.ones([2, 3]), [-1, -1])],
  ["reshape of nothing", () => tf.reshape(empty(0, 3), [3, 0])],
  ["slice beyond the end", () => tf.slice(tf.ones([3]), [2], [2])],
  ["slice of nothing", () => tf.slice(tf.ones([3, 2]), [1, 0], [0, 2])],
  [
    "slice of bool and int32",
    () => [tf.slice(tf.tensor1d([true, false, true]), 1, 2), tf.slice(ints(1, 2, 3), 1, 1)],
  ],
  ["concat of ranks apart", () => tf.concat([tf.ones([2]), tf.ones([2, 2])])],
  ["concat of sizes apart", () => tf.concat([tf.ones([2, 3]), tf.ones([2, 2])], 0)],
  ["concat with nothing", () => tf.concat([tf.ones([2, 3]), empty(0, 3)], 0)],
  ["concat of int32", () => tf.concat([ints(1), ints(2, 3)])],
  ["gather beyond the end", () => tf.gather(tf.ones([3, 2]), ints(3))],
  ["gather before the start", () => tf.gather(tf.ones([3, 2]), ints(-1))],
  ["gather of none", () => tf.gather(tf.ones([3, 2]), tf.tensor1d([], "int32"))],
  ["oneHot outside", () => tf.oneHot(ints(-1, 0, 5), 3)],
  ["transpose of nothing", () => tf.transpose(empty(0, 3))],
  ["transpose with axes that repeat", () => tf.transpose(tf.ones([2, 3]), [0, 0])],
  ["tile no times", () => tf.tile(tf.ones([2]), [0])],
  ["pad with NaN", () => tf.pad(tf.ones([2]), [[1, 1]], Number.NaN)],
  [
    "where of NaN",
    () =>
      tf.where(
        tf.tensor1d([true, false]),
        tf.tensor1d([Number.NaN, 1]),
        tf.tensor1d([2, Number.NaN]),
      ),
  ],
  [
    "cast of NaN and large ones to int32",
    () => tf.cast(tf.tensor1d([Number.NaN, 3e9, -3e9, 1.9, -1.9]), "int32"),
  ],
  ["cast to bool", () => tf.cast(tf.tensor1d([Number.NaN, 0, -0, 0.5]), "bool")],
  ["cast of bool to float32", () => tf.cast(tf.tensor1d([true, false]), "float32")],
  ["clipByValue of NaN and infinities", () => tf.clipByValue(hostile(), -2, 2)],
  ["cumsum with NaN", () => tf.cumsum(tf.tensor1d([1, Number.NaN, 2]))],
  ["int32 division by zero", () => tf.floorDiv(ints(1, -1, 0), ints(0, 0, 0))],
  ["int32 that overflows", () => tf.mul(ints(2 ** 30, 2 ** 31 - 1), ints(4, 2))],
  ["add of a disposed tensor", () => tf.add(disposed(), 1)],
  ["add to a disposed tensor", () => tf.add(tf.ones([2]), disposed())],
  ["matMul of a disposed tensor", () => tf.matMul(disposed().expandDims(0), tf.ones([2, 1]))],
  ["a method of a disposed tensor", () => disposed().square()],
  ["reading a disposed tensor", () => tf.tensor(disposed().dataSync())],
  ["a string where a number belongs", () => tf.add(tf.tensor1d(["a"]), 1)],
  ["exp of strings", () => tf.exp(tf.tensor1d(["a"]))],
  ["a complex tensor where a real one belongs", () => tf.exp(tf.complex([1], [2]))],
  ["too few values", () => tf.tensor([1, 2, 3], [2, 2])],
];

describe("native and cpu answer alike", () => {
  const expected = new Map<string, unknown>();
  const cases = every();
  beforeAll(async () => {
    await useBackend("cpu");
    for (const [name, action] of cases) expected.set(name, outcome(action));
    await startNative("fp32");
  });
  it.each(cases)("%s", (name, action) => {
    expect(tf.getBackend()).toBe("native");
    expect(outcome(action)).toEqual(expected.get(name));
  });
});
