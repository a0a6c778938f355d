import { it } from "vitest";
import type { NumericType } from "../../../../src/backends/native/memory/values.ts";
import { describeEachInstructionSet } from "../support.ts";
import { broadcastPairs, expectAsOnCpu, operandOf, operands, sample } from "./against-cpu.ts";

const EXACT = "Abs Neg Square Sqrt Rsqrt Reciprocal Relu Relu6 Sign Floor Ceil Round".split(" ");
const NEAR = (
  "Exp Expm1 Log Log1p Sigmoid Tanh Softplus Elu Selu " +
  "Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh"
).split(" ");
const TESTS = ["IsNan", "IsInf", "IsFinite"];

const ARITHMETIC: Readonly<Record<string, readonly NumericType[]>> = {
  Add: ["float32", "int32"],
  Sub: ["float32", "int32"],
  Multiply: ["float32", "int32"],
  RealDiv: ["float32"],
  FloorDiv: ["int32"],
  Maximum: ["float32", "int32"],
  Minimum: ["float32", "int32"],
  SquaredDifference: ["float32", "int32"],
  Mod: ["float32", "int32"],
};
const COMPARISONS = ["Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"];

describeEachInstructionSet("elementwise kernels", () => {
  const few = sample(operands("float32"), 12);
  const long = sample(operandOf([197], "float32"), 3);
  const inputs = [...few, ...long].map((x) => ({ x }));

  it.each([...EXACT, ...TESTS])("%s has the bits of cpu", (kernel) =>
    expectAsOnCpu(inputs.map((x) => ({ kernel, inputs: x }))),
  );

  it.each(NEAR)("%s is cpu's to the last place of float32", (kernel) =>
    expectAsOnCpu(
      inputs.map((x) => ({ kernel, inputs: x })),
      1,
    ),
  );

  it("Erf is cpu's to 16 places: near 0 its formula subtracts nearly equal numbers", () =>
    expectAsOnCpu(
      inputs.map((x) => ({ kernel: "Erf", inputs: x })),
      16,
    ));

  it.each([
    ["Step", { alpha: 0.3 }],
    ["LeakyRelu", { alpha: 0.2 }],
    ["ClipByValue", { clipValueMin: -0.7, clipValueMax: 2.1 }],
    ["ClipByValue", { clipValueMin: Number.NEGATIVE_INFINITY, clipValueMax: 0 }],
  ] as const)("%s with %o has the bits of cpu", (kernel, attrs) =>
    expectAsOnCpu(inputs.map((x) => ({ kernel, inputs: x, attrs }))),
  );

  for (const [kernel, dtypes] of Object.entries(ARITHMETIC)) {
    for (const dtype of dtypes) {
      it(`${kernel} of ${dtype} broadcasts with the bits of cpu`, () =>
        expectAsOnCpu(
          sample(broadcastPairs(dtype), 20).map(([a, b]) => ({ kernel, inputs: { a, b } })),
        ));
    }
  }

  it.each(["Pow", "Atan2"])("%s is cpu's to the last place of float32", (kernel) =>
    expectAsOnCpu(
      sample(broadcastPairs("float32"), 30).map(([a, b]) => ({ kernel, inputs: { a, b } })),
      1,
    ),
  );

  it("Prelu and EluGrad have the bits of cpu", async () => {
    const pairs = sample(broadcastPairs("float32"), 20);
    await expectAsOnCpu(pairs.map(([x, alpha]) => ({ kernel: "Prelu", inputs: { x, alpha } })));
    const dy = { ...long[0], values: [...(long[1]?.values ?? [])] } as (typeof long)[0];
    await expectAsOnCpu([{ kernel: "EluGrad", inputs: { dy, y: long[2] as typeof dy } }]);
  });

  it.each(COMPARISONS)("%s of every type", (kernel) =>
    expectAsOnCpu(
      (["float32", "int32", "bool"] as const).flatMap((dtype) =>
        sample(broadcastPairs(dtype), 10).map(([a, b]) => ({ kernel, inputs: { a, b } })),
      ),
    ),
  );

  it("logic of truth values", async () => {
    const pairs = sample(broadcastPairs("bool"), 10);
    for (const kernel of ["LogicalAnd", "LogicalOr"]) {
      await expectAsOnCpu(pairs.map(([a, b]) => ({ kernel, inputs: { a, b } })));
    }
    await expectAsOnCpu(pairs.map(([x]) => ({ kernel: "LogicalNot", inputs: { x } })));
  });
});
