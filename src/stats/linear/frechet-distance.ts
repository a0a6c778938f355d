/**
 * Fréchet's distance between two normal distributions, squared (Dowson and Landau, J. Multivar. Anal. 12, 1982; as in Heusel et
 * al., "GANs trained by a two time-scale update rule", 2017): |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½).
 *
 * With Σ = L Lᵀ the eigenvalues of Σ₁ Σ₂ are the squared singular values of L₁ᵀ L₂, so that the trace of the root is their sum.
 */

import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

export interface Moments {
  /** [size] */
  readonly mean: Float64Array;
  /** [size, size] */
  readonly covariance: Float64Array;
}

/** 0 or more, but for rounding. */
export function frechetDistance(a: Moments, b: Moments): number {
  const size = a.mean.length;
  let distance = 0;
  for (let i = 0; i < size; i++) {
    distance += ((a.mean[i] as number) - (b.mean[i] as number)) ** 2;
    distance += (a.covariance[i * size + i] as number) + (b.covariance[i * size + i] as number);
  }
  const [first, second] = [choleskyFactor(a.covariance, size), choleskyFactor(b.covariance, size)];
  const product = transposedProduct(first, second, size);
  for (const value of symmetricEigenvalues(transposedProduct(product, product, size), size)) {
    distance -= 2 * Math.sqrt(Math.max(0, value));
  }
  return distance;
}

/** Lower L with L Lᵀ = `matrix`, which may be singular: a column whose pivot is nothing but rounding is left 0. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] as number);
  const least = size * Number.EPSILON * largest;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let rest = matrix[row * size + column] as number;
      for (let k = 0; k < column; k++) {
        rest -= (lower[row * size + k] as number) * (lower[column * size + k] as number);
      }
      if (row === column) {
        if (rest <= least) break;
        lower[row * size + column] = Math.sqrt(rest);
      } else lower[row * size + column] = rest / (lower[column * size + column] as number);
    }
  }
  return lower;
}

/** aᵀ b, all [size, size]. */
function transposedProduct(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < size; i++) {
      const factor = a[k * size + i] as number;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        out[i * size + j] = (out[i * size + j] as number) + factor * (b[k * size + j] as number);
      }
    }
  }
  return out;
}
