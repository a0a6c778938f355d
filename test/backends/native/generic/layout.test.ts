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

const TYPES: readonly NumericType[] = ["float32", "int32", "bool"];
const ofEveryType = <T>(make: (x: Operand) => fc.Arbitrary<T>, count = 15): [Operand, T][] =>
  TYPES.flatMap((dtype) =>
    sample(
      operands(dtype).chain((x) => make(x).map((more) => [x, more] as [Operand, T])),
      count,
    ),
  );
const axisOf = ({ shape }: Operand) =>
  shape.length === 0 ? fc.constant(0) : fc.nat(shape.length - 1);
const perAxis = <T>({ shape }: Operand, item: (size: number) => fc.Arbitrary<T>) =>
  fc.tuple(...shape.map(item));

describeEachInstructionSet("copies between layouts", () => {
  it("Transpose by any order of axes", () =>
    expectAsOnCpu(
      ofEveryType(({ shape }) =>
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      ).map(([x, perm]) => ({ kernel: "Transpose", inputs: { x }, attrs: { perm } })),
    ));

  it("Transpose of matrices around its squares", () => {
    const sizes = [1, 2, 31, 32, 33, 65];
    return expectAsOnCpu(
      sizes.flatMap((n) => {
        const [x] = sample(operandOf([2, n, 70 - n, 3], "float32"), 1) as [Operand];
        return [
          [0, 2, 1, 3],
          [3, 2, 1, 0],
          [2, 0, 3, 1],
          [0, 3, 1, 2],
        ].map((perm): Case => ({ kernel: "Transpose", inputs: { x }, attrs: { perm } }));
      }),
    );
  });

  it("Slice", () =>
    expectAsOnCpu(
      ofEveryType((x) =>
        perAxis(x, (n) =>
          fc
            .nat(n)
            .chain((begin) =>
              fc.tuple(fc.constant(begin), fc.integer({ min: -1, max: n - begin })),
            ),
        ),
      )
        .filter(([x]) => x.shape.length > 0) // of a scalar, cpu slices nothing
        .map(([x, parts]) => ({
          kernel: "Slice",
          inputs: { x },
          attrs: { begin: parts.map(([begin]) => begin), size: parts.map(([, size]) => size) },
        })),
    ));

  it("StridedSlice forwards and backwards, with masks", () =>
    expectAsOnCpu(
      TYPES.flatMap((dtype) =>
        sample(
          fc
            .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
            .chain((shape) =>
              fc.tuple(
                operandOf(shape, dtype),
                fc.tuple(
                  ...shape.map((n) => fc.tuple(fc.nat(n - 1), fc.integer({ min: 1, max: 2 }))),
                ),
                fc.nat(15),
                fc.nat(15),
                fc.boolean(),
              ),
            ),
          15,
        ),
      ).map(([x, parts, beginMask, endMask, isBackwards]) => ({
        kernel: "StridedSlice",
        inputs: { x },
        attrs: {
          begin: parts.map(([from], i) => (isBackwards ? (x.shape[i] as number) - 1 : from)),
          end: parts.map(([from], i) =>
            isBackwards ? from - 1 - (x.shape[i] as number) : (x.shape[i] as number),
          ),
          strides: parts.map(([, step]) => (isBackwards ? -step : step)),
          beginMask,
          endMask,
          ellipsisMask: 0,
          newAxisMask: 0,
          shrinkAxisMask: 0,
        },
      })),
    ));

  it("Reverse", () =>
    expectAsOnCpu(
      ofEveryType(({ shape }) => fc.subarray([...shape.keys()])).map(([x, dims]) => ({
        kernel: "Reverse",
        inputs: { x },
        attrs: { dims },
      })),
    ));

  it("Tile", () =>
    expectAsOnCpu(
      ofEveryType((x) => perAxis(x, () => fc.integer({ min: 0, max: 3 }))).map(([x, reps]) => ({
        kernel: "Tile",
        inputs: { x },
        attrs: { reps },
      })),
    ));

  it("PadV2", () =>
    expectAsOnCpu(
      ofEveryType((x) =>
        fc.tuple(
          perAxis(x, () => fc.tuple(fc.nat(2), fc.nat(2))),
          fc.constantFrom(0, 1, 7),
        ),
      ).map(([x, [paddings, constantValue]]) => ({
        kernel: "PadV2",
        inputs: { x },
        attrs: { paddings, constantValue },
      })),
    ));

  it("Concat and Pack", () => {
    const parts = ofEveryType((x) => fc.tuple(axisOf(x), fc.integer({ min: 1, max: 4 }))).filter(
      ([x]) => x.shape.length > 0,
    );
    return expectAsOnCpu(
      parts.flatMap(([x, [axis, count]]): Case[] => {
        const inputs = Array.from({ length: count }, () => x);
        return [
          { kernel: "Concat", inputs, attrs: { axis } },
          { kernel: "Pack", inputs, attrs: { axis } },
        ];
      }),
    );
  });

  it("SplitV and Unpack", () => {
    const inputs = ofEveryType(axisOf).filter(([x]) => x.shape.length > 0);
    return expectAsOnCpu(
      inputs.flatMap(([x, axis]): Case[] => {
        const size = x.shape[axis] as number;
        const numOrSizeSplits = size > 1 ? [1, size - 1] : [size];
        return [
          { kernel: "SplitV", inputs: { x }, attrs: { numOrSizeSplits, axis } },
          { kernel: "Unpack", inputs: { value: x }, attrs: { axis } },
        ];
      }),
    );
  });
});
