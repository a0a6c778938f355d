/** bfloat16: the upper half of a float32, rounded to nearest, ties to even. */

/** Returns the values that bfloat16 holds instead of `values`. */
export function naiveBfloat16(values: ArrayLike<number>): Float32Array {
  return Float32Array.from(values, (value) => {
    const float = Math.fround(value);
    if (!Number.isFinite(float) || float === 0) return float;
    // Spacing of bfloat16 at this exponent: 8 significant bits, subnormals from 2^-126 down.
    const spacing = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(float))), -126) - 7);
    const steps = float / spacing; // exact: a power of two
    const below = Math.floor(steps);
    const rest = steps - below;
    const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
    const rounded = (up ? below + 1 : below) * spacing;
    return Math.abs(rounded) >= 2 ** 128 ? Math.sign(rounded) * Number.POSITIVE_INFINITY : rounded;
  });
}
