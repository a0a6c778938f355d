/** Layer normalisation without bias in float64, epsilon 1e-5 on the biased variance. */

/** @param x [rows, width] @param gain [width] @returns [rows, width] */
export function naiveLayerNorm(x: ArrayLike<number>, gain: ArrayLike<number>): Float64Array {
  const width = gain.length;
  const y = new Float64Array(x.length);
  for (let at = 0; at < x.length; at += width) {
    let mean = 0;
    for (let i = 0; i < width; i++) mean += (x[at + i] as number) / width;
    let variance = 0;
    for (let i = 0; i < width; i++) variance += ((x[at + i] as number) - mean) ** 2 / width;
    for (let i = 0; i < width; i++)
      y[at + i] =
        (((x[at + i] as number) - mean) / Math.sqrt(variance + 1e-5)) * (gain[i] as number);
  }
  return y;
}
