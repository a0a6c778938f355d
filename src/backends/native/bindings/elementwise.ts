import type { NumericArray } from "../memory/values.ts";

/**
 * Functions of elements. `function` and `type` are places in the lists of native/kernels/elementwise.h; `axes` is the
 * output's shape, then the strides of a over it, then those of b, 0 where an operand is repeated.
 */
export interface ElementwiseBinding {
  /** float32 to float32, `count` elements; p and q are the function's own attributes, else ignored. */
  unary(
    code: number,
    count: number,
    x: Float32Array,
    out: Float32Array,
    p: number,
    q: number,
  ): void;
  /** float32 to 0 or 1. */
  test(code: number, count: number, x: Float32Array, out: Uint8Array): void;
  logicalNot(count: number, x: Uint8Array, out: Uint8Array): void;
  /** `out` may be `a` where they have one shape. */
  arithmetic(
    code: number,
    rank: number,
    axes: Int32Array,
    a: Float32Array,
    b: Float32Array,
    out: Float32Array,
  ): void;
  integerArithmetic(
    code: number,
    rank: number,
    axes: Int32Array,
    a: Int32Array,
    b: Int32Array,
    out: Int32Array,
  ): void;
  /** a and b of one type. */
  compare(
    code: number,
    type: number,
    rank: number,
    axes: Int32Array,
    a: NumericArray,
    b: NumericArray,
    out: Uint8Array,
  ): void;
  /** out = condition == 1 ? a : b; four bytes an element. */
  select(
    count: number,
    condition: Uint8Array,
    a: NumericArray,
    b: NumericArray,
    out: NumericArray,
  ): void;
  cast(from: number, to: number, count: number, x: NumericArray, out: NumericArray): void;
  /** `value` is an int32 unless the type is float32. */
  fill(type: number, value: number, count: number, out: NumericArray): void;
}
