/** The native backend's kernels beside those of TensorFlow.js' cpu backend, on the same inputs. */

import fc from "fast-check";
import { expect } from "vitest";
import type { NumericType } from "../../../../src/backends/native/memory/values.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { usePoisonedNative } from "../memory/poisoned.ts";

/** A tensor's contents, apart from any backend. */
export interface Operand {
  readonly shape: number[];
  readonly dtype: NumericType;
  readonly values: readonly number[];
}

/** One call of a kernel. */
export interface Case {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Operand>> | readonly Operand[];
  readonly attrs?: Readonly<Record<string, unknown>>;
}

interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}

/** Numbers at which functions change: zeros, units, halves, edges of float32's range, what is no number. */
const HOSTILE = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  6,
  7,
  13.95,
  -13.95,
  88.7,
  89,
  -87.4,
  -103,
  -104,
  1e-5,
  -1e-4,
  1e-38,
  -1e-45,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1e-20,
  16777217,
  2147483648,
  -2147483649,
  4294967297,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
].map(Math.fround);

const HOSTILE_INTEGERS = [0, 1, -1, 2, 3, -7, 65537, 2147483647, -2147483648];

function valueOfType(dtype: NumericType): fc.Arbitrary<number> {
  switch (dtype) {
    case "float32":
      return fc.oneof(
        fc.constantFrom(...HOSTILE),
        fc.float({ min: -8, max: 8, noNaN: true }),
        fc.float(),
      );
    case "int32":
      return fc.oneof(fc.constantFrom(...HOSTILE_INTEGERS), fc.integer());
    default:
      return fc.constantFrom(0, 1);
  }
}

const shapes = (most = 6): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(1, 2, 3, 2, 5, 1, 0, 4), { maxLength: most });

export function operandOf(shape: number[], dtype: NumericType): fc.Arbitrary<Operand> {
  const size = tf.util.sizeFromShape(shape);
  return fc
    .array(valueOfType(dtype), { minLength: size, maxLength: size })
    .map((values) => ({ shape, dtype, values }));
}

export const operands = (dtype: NumericType, most = 6): fc.Arbitrary<Operand> =>
  shapes(most).chain((shape) => operandOf(shape, dtype));

/** Two operands of shapes that broadcast, each repeated along some axes or lacking the first ones. */
export function broadcastPairs(dtype: NumericType): fc.Arbitrary<[Operand, Operand]> {
  const narrowed = (shape: number[]) =>
    fc
      .tuple(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), fc.nat(shape.length))
      .map(([ones, lacking]) => shape.map((n, i) => (ones[i] ? 1 : n)).slice(lacking));
  return shapes().chain((shape) =>
    fc
      .tuple(
        fc.oneof(fc.constant(shape), narrowed(shape)),
        fc.oneof(fc.constant(shape), narrowed(shape)),
      )
      .chain(([a, b]) => fc.tuple(operandOf(a, dtype), operandOf(b, dtype))),
  );
}

export const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { numRuns: count, seed: 7 });

function run({ kernel, inputs, attrs = {} }: Case): Result[] {
  return tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, { shape, dtype, values }]) => {
      const typed =
        dtype === "float32"
          ? Float32Array.from(values)
          : dtype === "int32"
            ? Int32Array.from(values)
            : Uint8Array.from(values);
      return [name, tf.tensor(typed, shape, dtype)] as const;
    });
    const given = Array.isArray(inputs)
      ? tensors.map(([, tensor]) => tensor)
      : Object.fromEntries(tensors);
    const result: tf.Tensor | tf.Tensor[] = tf
      .engine()
      .runKernel(kernel, given as tf.NamedTensorMap, attrs as tf.NamedAttrMap);
    return [result].flat().map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...tensor.dataSync()],
    }));
  });
}

/** Distance in representable float32 numbers; zeros differ by their sign, any NaN equals any. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
  if (a === b) return 1; // 0 and -0
  const [p, q] = [a, b].map((value) => {
    const bits = new Int32Array(Float32Array.of(value).buffer)[0] as number;
    return bits < 0 ? -(bits & 0x7fffffff) : bits;
  }) as [number, number];
  return Math.abs(p - q);
}

/**
 * Expects the native backend to give what cpu gives, without falling back to it.
 *
 * @param most representable float32 numbers that results may differ by
 */
export async function expectAsOnCpu(cases: readonly Case[], most = 0): Promise<void> {
  await tf.setBackend("cpu");
  const expected = cases.map(run);
  const backend = await usePoisonedNative();
  backend.resetCounters();
  for (const [i, one] of cases.entries()) {
    const results = run(one);
    const wanted = expected[i] as Result[];
    expect(results.length).toBe(wanted.length);
    for (const [j, { shape, dtype, values }] of results.entries()) {
      const to = wanted[j] as Result;
      const label = `${JSON.stringify(one, (_, v) => (typeof v === "number" ? `${v}` : v))} output ${j}`;
      expect({ shape, dtype }, label).toEqual({ shape: to.shape, dtype: to.dtype });
      for (const [k, value] of values.entries()) {
        const wantedValue = to.values[k] as number;
        if (ulps(value, wantedValue) > most) {
          expect.fail(`${label}[${k}]: expected ${wantedValue} as on cpu, got ${value}`);
        }
      }
    }
  }
  expect([...backend.counters.fallbacks.keys()]).toEqual([]);
}
