/** Features of which every one is stored. */

import type { FeatureMatrix } from "./feature-matrix.ts";

/**
 * @param values [rows, columns]; kept, not copied
 * @throws {RangeError} when `values` are not whole rows, or one is not finite
 */
export function denseFeatures(values: Float64Array, columns: number): FeatureMatrix {
  const rows = values.length / columns;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`internal: expected rows of ${columns} values, got ${values.length}`);
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(`internal: expected finite features, got ${values[wrong]} at ${wrong}`);
  }
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
