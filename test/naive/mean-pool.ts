/** Means over the first positions of each row, in float64. */

/** @param x [lengths.length, length, width] @returns [lengths.length, width] */
export function naiveMeanPool(
  x: ArrayLike<number>,
  lengths: readonly number[],
  length: number,
  width: number,
): Float64Array {
  const means = new Float64Array(lengths.length * width);
  for (const [row, count] of lengths.entries()) {
    for (let position = 0; position < count; position++) {
      for (let i = 0; i < width; i++)
        means[row * width + i] =
          (means[row * width + i] as number) +
          (x[(row * length + position) * width + i] as number) / count;
    }
  }
  return means;
}
