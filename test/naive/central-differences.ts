/** Gradients of a float64 function by central differences. */

const STEP = 1e-5; // error of order STEP² ≈ 1e-10, rounding 1e-16 / STEP ≈ 1e-11: both far below float32

/** Returns d fn / d x for every element of `x`. */
export function centralDifferences(
  fn: (x: Float64Array) => number,
  x: ArrayLike<number>,
): Float64Array {
  const at = Float64Array.from(x);
  return at.map((value, i) => {
    at[i] = value + STEP;
    const above = fn(at);
    at[i] = value - STEP;
    const below = fn(at);
    at[i] = value;
    return (above - below) / (2 * STEP);
  });
}
