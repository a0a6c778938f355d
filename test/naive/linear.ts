/** y = x Wᵀ + b in float64. */

/** @param x [rows, in] @param weight [out, in] @param bias [out] @returns [rows, out] */
export function naiveLinear(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number> | undefined,
  width: number,
): Float64Array {
  const rows = x.length / width;
  const outs = weight.length / width;
  const y = new Float64Array(rows * outs);
  for (let row = 0; row < rows; row++) {
    for (let out = 0; out < outs; out++) {
      let sum = bias === undefined ? 0 : (bias[out] as number);
      for (let i = 0; i < width; i++)
        sum += (x[row * width + i] as number) * (weight[out * width + i] as number);
      y[row * outs + out] = sum;
    }
  }
  return y;
}
