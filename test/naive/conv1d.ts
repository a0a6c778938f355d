/** Convolution along positions, stride 1, in float64. */

export interface NaiveConv1d {
  readonly batch: number;
  readonly length: number;
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  /** Zeros before and after each sequence; none if absent. */
  readonly border?: readonly [left: number, right: number];
}

/** @param x [batch, length, in] @param weight [out, in, kernel] @param bias [out] @returns [batch, positions, out] */
export function naiveConv1d(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number> | undefined,
  shape: NaiveConv1d,
): Float64Array {
  const { batch, length, out, kernel, border: [left, right] = [0, 0] } = shape;
  const positions = length + left + right - kernel + 1;
  const y = new Float64Array(batch * positions * out);
  for (let b = 0; b < batch; b++)
    for (let p = 0; p < positions; p++)
      for (let o = 0; o < out; o++) {
        let sum = bias?.[o] ?? 0;
        for (let tap = 0; tap < kernel; tap++) {
          const place = p + tap - left;
          if (place < 0 || place >= length) continue;
          for (let i = 0; i < shape.in; i++)
            sum +=
              (x[(b * length + place) * shape.in + i] as number) *
              (weight[(o * shape.in + i) * kernel + tap] as number);
        }
        y[(b * positions + p) * out + o] = sum;
      }
  return y;
}
