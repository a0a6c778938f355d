/** Features of which every one is stored: what a sparse matrix is compared with, and what small problems are made of. */

import type { FeatureMatrix } from "../../src/stats/features/feature-matrix.ts";

/** @param values [rows, columns]; kept, not copied */
export function denseFeatures(values: Float64Array, columns: number): FeatureMatrix {
  const rows = values.length / columns;
  const sumColumns = (term: (value: number, column: number) => number): Float64Array => {
    const sums = new Float64Array(columns);
    for (let i = 0; i < values.length; i++) {
      const column = i % columns;
      sums[column] = (sums[column] as number) + term(values[i] as number, column);
    }
    return sums;
  };
  return {
    rows,
    columns,
    times: (weights, out) => {
      for (let row = 0, i = 0; row < rows; row++) {
        let sum = 0;
        for (let column = 0; column < columns; column++, i++) {
          sum += (values[i] as number) * (weights[column] as number);
        }
        out[row] = sum;
      }
    },
    transposedTimes: (factors, out) => {
      out.fill(0);
      for (let row = 0, i = 0; row < rows; row++) {
        const factor = factors[row] as number;
        for (let column = 0; column < columns; column++, i++) {
          out[column] = (out[column] as number) + factor * (values[i] as number);
        }
      }
    },
    moments: () => {
      const mean = sumColumns((value) => value).map((sum) => sum / rows);
      const squares = sumColumns((value, column) => (value - (mean[column] as number)) ** 2);
      return { mean, deviation: squares.map((sum) => Math.sqrt(sum / rows)) };
    },
  };
}
