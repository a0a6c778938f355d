import fc from "fast-check";
import { expect, it } from "vitest";
import { tf } from "../../../../src/tensor/tf.ts";
import { usePoisonedNative } from "../memory/poisoned.ts";
import { describeEachInstructionSet } from "../support.ts";
import {
  type Case,
  expectAsOnCpu,
  type Operand,
  operandOf,
  operands,
  sample,
} from "./against-cpu.ts";

const TYPES = ["float32", "int32", "bool"] as const;
const ints = (shape: number[], values: readonly number[]): Operand => ({
  shape,
  dtype: "int32",
  values,
});

describeEachInstructionSet("kernels of indices", () => {
  it("GatherV2 along every axis, and within batches", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    const calls = sizes.chain((shape) =>
      fc.nat(shape.length - 1).chain((axis) =>
        fc.nat(axis).chain((batchDims) =>
          fc.tuple(
            fc.constantFrom(...TYPES).chain((dtype) => operandOf(shape, dtype)),
            fc.constant({ axis, batchDims }),
            fc.integer({ min: 0, max: 5 }).chain((count) => {
              const indices = [...shape.slice(0, batchDims), count];
              const size = tf.util.sizeFromShape(indices);
              return fc
                .array(fc.nat((shape[axis] as number) - 1), { minLength: size, maxLength: size })
                .map((values) => ints(indices, values));
            }),
          ),
        ),
      ),
    );
    return expectAsOnCpu(
      sample(calls, 40).map(([x, attrs, indices]) => ({
        kernel: "GatherV2",
        inputs: { x, indices },
        attrs,
      })),
    );
  });

  it("OneHot, with indices outside", () =>
    expectAsOnCpu(
      sample(
        fc.tuple(
          fc.array(fc.integer({ min: -2, max: 6 }), { maxLength: 30 }),
          fc.nat(6),
          fc.constantFrom(...TYPES),
        ),
        40,
      ).map(
        ([values, depth, dtype]): Case => ({
          kernel: "OneHot",
          inputs: { indices: ints([values.length], values) },
          attrs: { depth, dtype, onValue: 1, offValue: 0 },
        }),
      ),
    ));

  it("UnsortedSegmentSum of finite rows, with ids outside", () =>
    expectAsOnCpu(
      sample(
        fc
          .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1, 3, 63, 64, 65))
          .chain(([rows, width]) =>
            fc.tuple(
              fc.array(fc.float({ min: -9, max: 9, noNaN: true }), {
                minLength: rows * width,
                maxLength: rows * width,
              }),
              fc.array(fc.integer({ min: -1, max: 5 }), { minLength: rows, maxLength: rows }),
              fc.constant<number[]>([rows, width]),
            ),
          ),
        20,
      ).map(
        ([values, ids, shape]): Case => ({
          kernel: "UnsortedSegmentSum",
          inputs: { x: { shape, dtype: "float32", values }, segmentIds: ints([ids.length], ids) },
          attrs: { numSegments: 4 },
        }),
      ),
    ));

  it("Select, Cast, Fill, ZerosLike, OnesLike, AddN", async () => {
    const pairs = (["float32", "int32"] as const).flatMap((dtype) =>
      sample(
        operands(dtype).chain((t) =>
          fc.tuple(operandOf(t.shape, "bool"), fc.constant(t), operandOf(t.shape, dtype)),
        ),
        15,
      ),
    );
    await expectAsOnCpu(
      pairs.map(([condition, t, e]) => ({ kernel: "Select", inputs: { condition, t, e } })),
    );
    await expectAsOnCpu(
      pairs
        .filter(([, t]) => t.dtype === "float32")
        .flatMap(([, t, e]): Case[] => [
          { kernel: "AddN", inputs: [t] },
          { kernel: "AddN", inputs: [t, e] },
          { kernel: "AddN", inputs: [t, e, t, e] },
        ]),
    );
    const all = pairs.flat();
    await expectAsOnCpu(
      all.flatMap((x): Case[] => [
        ...TYPES.map((dtype): Case => ({ kernel: "Cast", inputs: { x }, attrs: { dtype } })),
        { kernel: "ZerosLike", inputs: { x } },
        { kernel: "OnesLike", inputs: { x } },
        { kernel: "Fill", inputs: {}, attrs: { shape: x.shape, dtype: x.dtype, value: 3.7 } },
        { kernel: "Fill", inputs: {}, attrs: { shape: x.shape, dtype: "float32", value: -1e-45 } },
      ]),
    );
  });
});

it("an index outside is an error that names it, as on cpu", async () => {
  await usePoisonedNative();
  const x = tf.zeros([3, 2]);
  expect(() => tf.gather(x, tf.tensor1d([0, 3], "int32"))).toThrow(
    "GatherV2: the index value 3 is not in [0, 2]",
  );
  expect(() => tf.gather(x, tf.tensor1d([-1], "int32"))).toThrow(
    "GatherV2: the index value -1 is not in [0, 2]",
  );
});
