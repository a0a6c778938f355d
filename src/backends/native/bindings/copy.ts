import type { NumericArray } from "../memory/values.ts";

export interface CopyBinding {
  /**
   * to[toOffset + Σ i · toStride] = from[fromOffset + Σ i · fromStride] over every index i of a shape.
   *
   * @param elementBytes 1 or 4; offsets and strides count elements
   * @param axes the shape, then the strides of `from`, then those of `to`; `rank` of each
   */
  copyStrided(
    elementBytes: number,
    rank: number,
    axes: Int32Array,
    fromOffset: number,
    toOffset: number,
    from: NumericArray,
    to: NumericArray,
  ): void;
}
