/** The largest of each window of positions, without NaN. */

/** @param x [batch, length, width] @returns [batch, ⌊length / window⌋, width] */
export function naiveMaxPool1d(
  x: ArrayLike<number>,
  { length, width, window }: { length: number; width: number; window: number },
): Float64Array {
  const batch = x.length / length / width;
  const windows = Math.floor(length / window);
  return Float64Array.from({ length: batch * windows * width }, (_, at) => {
    const [b, w, i] = [
      Math.floor(at / width / windows),
      Math.floor(at / width) % windows,
      at % width,
    ];
    const values = Array.from(
      { length: window },
      (_, tap) => x[(b * length + w * window + tap) * width + i] as number,
    );
    return Math.max(...values);
  });
}
