/** Rotary embedding by halves as a rotation of complex numbers, in float64. */

/** @param x [rows, length, headWidth] @returns the same shape */
export function naiveRotary(x: ArrayLike<number>, length: number, headWidth: number): Float64Array {
  const half = headWidth / 2;
  const y = new Float64Array(x.length);
  for (let row = 0; row < x.length / headWidth; row++) {
    const position = row % length;
    for (let i = 0; i < half; i++) {
      const angle = position / 10_000 ** (i / half);
      const real = x[row * headWidth + i] as number;
      const imaginary = x[row * headWidth + half + i] as number;
      y[row * headWidth + i] = real * Math.cos(angle) - imaginary * Math.sin(angle);
      y[row * headWidth + half + i] = real * Math.sin(angle) + imaginary * Math.cos(angle);
    }
  }
  return y;
}
