/**
 * Eigenvalues of a symmetric matrix: Householder's reflections to a tridiagonal one, then the implicit QL algorithm with
 * Wilkinson's shift (Golub and Van Loan, "Matrix computations", 4th edition, 8.3).
 */

/** Rounds of QL for one eigenvalue; two or three are usual. */
const MOST_ROUNDS = 60;

/**
 * Returns the eigenvalues, the smallest first.
 *
 * @param matrix [size, size]; its lower half is read
 * @throws {RangeError} when a number is not finite
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const [diagonal, below] = tridiagonal(matrix.slice(), size);
  for (let first = 0; first < size; first++) {
    for (let round = 0; ; round++) {
      const last = endOfBlock(diagonal, below, first);
      if (last === first) break;
      if (round === MOST_ROUNDS) {
        throw new RangeError(
          "internal: expected a matrix of finite numbers, whose eigenvalues exist",
        );
      }
      stepQl(diagonal, below, first, last);
    }
  }
  return diagonal.sort();
}

/** Diagonal [size] and the one below it [size], whose last element is 0. Overwrites `a`. */
function tridiagonal(a: Float64Array, size: number): readonly [Float64Array, Float64Array] {
  const diagonal = new Float64Array(size);
  const below = new Float64Array(size);
  const v = new Float64Array(size);
  const w = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    diagonal[k] = a[k * size + k] as number;
    if (k === size - 1) break;
    let squares = 0;
    for (let i = k + 1; i < size; i++) squares += (a[i * size + k] as number) ** 2;
    const norm = Math.sqrt(squares);
    const head = a[(k + 1) * size + k] as number;
    const target = head > 0 ? -norm : norm; // the reflected column is (target, 0, 0, …)
    below[k] = target;
    const scale = norm * (norm + Math.abs(head)); // |x − target e1|² / 2
    if (scale === 0) continue;
    for (let i = k + 1; i < size; i++) v[i] = a[i * size + k] as number;
    v[k + 1] = head - target;
    let vw = 0;
    for (let i = k + 1; i < size; i++) {
      let sum = 0;
      for (let j = k + 1; j <= i; j++) sum += (a[i * size + j] as number) * (v[j] as number);
      for (let j = i + 1; j < size; j++) sum += (a[j * size + i] as number) * (v[j] as number);
      w[i] = sum / scale;
      vw += (v[i] as number) * (w[i] as number);
    }
    const half = vw / (2 * scale);
    for (let i = k + 1; i < size; i++) w[i] = (w[i] as number) - half * (v[i] as number);
    for (let i = k + 1; i < size; i++) {
      for (let j = k + 1; j <= i; j++) {
        const change = (v[i] as number) * (w[j] as number) + (w[i] as number) * (v[j] as number);
        a[i * size + j] = (a[i * size + j] as number) - change;
      }
    }
  }
  return [diagonal, below];
}

/** The last row of the block from `first` on that no negligible element cuts. */
function endOfBlock(diagonal: Float64Array, below: Float64Array, first: number): number {
  for (let i = first; i < diagonal.length - 1; i++) {
    const size = Math.abs(diagonal[i] as number) + Math.abs(diagonal[i + 1] as number);
    if (Math.abs(below[i] as number) <= Number.EPSILON * size) return i;
  }
  return diagonal.length - 1;
}

/** One implicit QL step on rows `first` to `last`. */
function stepQl(diagonal: Float64Array, below: Float64Array, first: number, last: number): void {
  const d = (i: number): number => diagonal[i] as number;
  const e = (i: number): number => below[i] as number;
  const half = (d(first + 1) - d(first)) / (2 * e(first));
  const root = Math.hypot(half, 1);
  let g = d(last) - d(first) + e(first) / (half + (half >= 0 ? root : -root));
  let [sine, cosine, p] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e(i);
    const b = cosine * e(i);
    const r = Math.hypot(f, g);
    below[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] = d(i + 1) - p;
      below[last] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const shifted = d(i + 1) - p;
    const mixed = (d(i) - shifted) * sine + 2 * cosine * b;
    p = sine * mixed;
    diagonal[i + 1] = shifted + p;
    g = cosine * mixed - b;
  }
  diagonal[first] = d(first) - p;
  below[first] = g;
  below[last] = 0;
}
