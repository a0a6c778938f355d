/** GELU in its tanh form, as arXiv:1606.08415 writes it, in float64. */

export function naiveGelu(x: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    x,
    (v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
  );
}
