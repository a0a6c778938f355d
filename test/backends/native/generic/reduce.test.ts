import fc from "fast-check";
import { it } from "vitest";
import type { NumericType } from "../../../../src/backends/native/memory/values.ts";
import { describeEachInstructionSet } from "../support.ts";
import {
  type Case,
  expectAsOnCpu,
  type Operand,
  operandOf,
  operands,
  sample,
} from "./against-cpu.ts";

function cases(kernel: string, dtype: NumericType, attribute = "axis"): Case[] {
  const anyAxes = operands(dtype).chain((x) =>
    fc.tuple(fc.constant(x), fc.subarray([...x.shape.keys()]), fc.boolean()),
  );
  const long = fc.tuple(
    operandOf([3, 37, 5, 9], dtype),
    fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    fc.boolean(),
  );
  return [...sample(anyAxes, 25), ...sample(long, 12)].map(([x, axes, keepDims]) => ({
    kernel,
    inputs: { x },
    attrs: { [attribute]: axes, keepDims },
  }));
}

const isModest = ({ inputs }: Case): boolean =>
  (inputs as { x: Operand }).x.values.every((value) => Math.abs(value) < 1e30);

describeEachInstructionSet("reductions", () => {
  it.each(["Max", "Min", "Prod"])("%s has the bits of cpu", async (kernel) => {
    const attribute = kernel === "Max" ? "reductionIndices" : "axis";
    await expectAsOnCpu(cases(kernel, "float32", attribute));
    await expectAsOnCpu(cases(kernel, "int32", attribute));
  });

  it("Sum is cpu's but for the order of its float64 additions", async () => {
    await expectAsOnCpu(cases("Sum", "float32"), 1);
    await expectAsOnCpu(cases("Sum", "int32"));
  });

  it("Mean divides once, where cpu rounds each quotient", () =>
    expectAsOnCpu(cases("Mean", "float32").filter(isModest), 64));

  it.each(["All", "Any"])("%s", (kernel) => expectAsOnCpu(cases(kernel, "bool")));

  it.each(["ArgMax", "ArgMin"])("%s, whose NaN counts only in front", (kernel) =>
    expectAsOnCpu(
      cases(kernel, "float32").flatMap(({ inputs }) => {
        const { x } = inputs as { x: Operand };
        return x.shape.map((_, axis): Case => ({ kernel, inputs, attrs: { axis } }));
      }),
    ),
  );

  it("Cumsum forwards, backwards and exclusive", () =>
    expectAsOnCpu(
      cases("Cumsum", "float32").flatMap(({ inputs }) => {
        const { x } = inputs as { x: Operand };
        return x.shape.flatMap((_, axis) =>
          [0, 1, 2, 3].map(
            (bits): Case => ({
              kernel: "Cumsum",
              inputs,
              attrs: { axis, exclusive: bits % 2 === 1, reverse: bits > 1 },
            }),
          ),
        );
      }),
    ));
});
