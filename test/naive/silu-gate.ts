/** a · sigmoid(a) · b in float64. */
export function naiveSiluGate(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from(a, (v, i) => (v / (1 + Math.exp(-v))) * (b[i] as number));
}
