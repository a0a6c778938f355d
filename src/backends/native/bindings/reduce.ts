/** Reductions of [outer, count, inner] along the middle; `code` is a place in the lists of native/kernels/reduce.h. */
export interface ReduceBinding {
  reduceFloats(
    code: number,
    outer: number,
    count: number,
    inner: number,
    x: Float32Array,
    out: Float32Array,
  ): void;
  reduceIntegers(
    code: number,
    outer: number,
    count: number,
    inner: number,
    x: Int32Array,
    out: Int32Array,
  ): void;
  /** Whether all, or any, are not 0. */
  reduceBytes(
    isAny: boolean,
    outer: number,
    count: number,
    inner: number,
    x: Uint8Array,
    out: Uint8Array,
  ): void;
  /** Index of the first largest or smallest element. */
  argExtreme(
    isMin: boolean,
    outer: number,
    count: number,
    inner: number,
    x: Float32Array,
    out: Int32Array,
  ): void;
  /** Running sums; `out` has the shape of x. */
  cumulate(
    outer: number,
    count: number,
    inner: number,
    x: Float32Array,
    out: Float32Array,
    isExclusive: boolean,
    isReverse: boolean,
  ): void;
}
