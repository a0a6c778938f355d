/** Root mean square normalisation in float64, epsilon 1e-5 on the mean square. */

/** @param x [rows, width] @param gain [width] @returns [rows, width] */
export function naiveRmsNorm(x: ArrayLike<number>, gain: ArrayLike<number>): Float64Array {
  const width = gain.length;
  const y = new Float64Array(x.length);
  for (let at = 0; at < x.length; at += width) {
    let meanSquare = 0;
    for (let i = 0; i < width; i++) meanSquare += (x[at + i] as number) ** 2 / width;
    for (let i = 0; i < width; i++)
      y[at + i] = ((x[at + i] as number) / Math.sqrt(meanSquare + 1e-5)) * (gain[i] as number);
  }
  return y;
}
