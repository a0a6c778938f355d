import type { NumericArray } from "../memory/values.ts";

export interface IndexedBinding {
  /**
   * out[b, o, i, :] = x[b, o, indices[b, i], :].
   *
   * @param elementBytes 1 or 4
   * @param x [batch, outer, size, slice]
   * @param indices [batch, count]; an Error names the first outside [0, size)
   */
  gather(
    elementBytes: number,
    batch: number,
    outer: number,
    size: number,
    count: number,
    slice: number,
    x: NumericArray,
    indices: Int32Array,
    out: NumericArray,
  ): void;
  /** out [count, depth]: onOff[0] at each index in [0, depth), else onOff[1]; four bytes each, not 0 meaning 1 for bytes. */
  oneHot(
    elementBytes: number,
    count: number,
    depth: number,
    indices: Int32Array,
    out: NumericArray,
    onOff: NumericArray,
  ): void;
  /** out [segments, inner]: sums of the rows of x [rows, inner] by names [rows]; names outside are left out. */
  segmentSum(
    rows: number,
    inner: number,
    segments: number,
    x: Float32Array,
    names: Int32Array,
    out: Float32Array,
  ): void;
}
