/** Normalisation of each channel over all rows, in float64. */

/** The mean of each channel of x [rows, channels] and its variance, divided by the rows. */
export function naiveChannelStatistics(
  x: ArrayLike<number>,
  channels: number,
): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const rows = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let i = 0; i < x.length; i++)
    mean[i % channels] = (mean[i % channels] as number) + (x[i] as number) / rows;
  for (let i = 0; i < x.length; i++)
    variance[i % channels] =
      (variance[i % channels] as number) +
      ((x[i] as number) - (mean[i % channels] as number)) ** 2 / rows;
  return { mean, variance };
}

/** (x − mean) / sqrt(variance + 1e-5) · gain + bias; of x itself unless the statistics are given. */
export function naiveBatchNorm(
  x: ArrayLike<number>,
  gain: ArrayLike<number>,
  bias: ArrayLike<number>,
  statistics: { mean: ArrayLike<number>; variance: ArrayLike<number> } = naiveChannelStatistics(
    x,
    gain.length,
  ),
): Float64Array {
  return Float64Array.from(x, (value, i) => {
    const c = i % gain.length;
    const deviation = Math.sqrt((statistics.variance[c] as number) + 1e-5);
    return (
      ((value - (statistics.mean[c] as number)) / deviation) * (gain[c] as number) +
      (bias[c] as number)
    );
  });
}
