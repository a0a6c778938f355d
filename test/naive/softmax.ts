/** ln softmax of each row, in float64; softmax is its exponential. */

/** @param x rows of `width` values */
export function naiveLogSoftmax(x: ArrayLike<number>, width: number): Float64Array {
  const y = Float64Array.from(x);
  for (let at = 0; at < y.length; at += width) {
    const row = y.subarray(at, at + width);
    const most = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const total = row.reduce((sum, value) => sum + Math.exp(value - most), 0);
    row.forEach((value, i) => {
      row[i] = value - most - Math.log(total);
    });
  }
  return y;
}
