/** Matrix products, three loops in float64. */

export interface MatMulShape {
  /** Products; an operand with one matrix serves all of them. */
  readonly batch: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** Whether a matrix of `a` lies as [inner, rows]. */
  readonly transposeA?: boolean;
  /** Whether a matrix of `b` lies as [columns, inner]. */
  readonly transposeB?: boolean;
}

/** Returns [batch, rows, columns]. */
export function naiveMatMul(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { batch, rows, inner, columns, transposeA = false, transposeB = false }: MatMulShape,
): Float64Array {
  const out = new Float64Array(batch * rows * columns);
  for (let n = 0; n < batch; n++) {
    const atA = a.length === rows * inner ? 0 : n * rows * inner;
    const atB = b.length === inner * columns ? 0 : n * inner * columns;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          const left = a[atA + (transposeA ? k * rows + i : i * inner + k)] as number;
          const right = b[atB + (transposeB ? j * inner + k : k * columns + j)] as number;
          sum += left * right;
        }
        out[(n * rows + i) * columns + j] = sum;
      }
    }
  }
  return out;
}
