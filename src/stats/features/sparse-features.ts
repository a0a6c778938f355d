/** Features that are functions of counts, most of which are 0: only the others are stored (compressed rows). */

import type { ColumnMoments, FeatureMatrix } from "./feature-matrix.ts";

export interface SparseCounts {
  readonly columns: number;
  /** [rows + 1] the entries of row i are those from starts[i] to starts[i + 1] */
  readonly starts: Uint32Array;
  /** [entries] columns, each at most once a row, in any order */
  readonly entryColumns: Uint16Array;
  /** [entries] */
  readonly entryCounts: Uint16Array | Uint32Array;
  /** the feature of a count; of 0 it must be 0 */
  readonly featureOf: (count: number) => number;
}

/** Keeps the arrays of `counts`. */
export function sparseFeatures(counts: SparseCounts): FeatureMatrix {
  const { columns, starts, entryColumns, entryCounts } = counts;
  const rows = starts.length - 1;
  const values = valueTable(counts);
  return {
    rows,
    columns,
    times: (weights, out) => {
      for (let row = 0; row < rows; row++) {
        const end = starts[row + 1] as number;
        let sum = 0;
        for (let i = starts[row] as number; i < end; i++) {
          const value = values[entryCounts[i] as number] as number;
          sum += value * (weights[entryColumns[i] as number] as number);
        }
        out[row] = sum;
      }
    },
    transposedTimes: (factors, out) => {
      out.fill(0);
      for (let row = 0; row < rows; row++) {
        const end = starts[row + 1] as number;
        const factor = factors[row] as number;
        for (let i = starts[row] as number; i < end; i++) {
          const column = entryColumns[i] as number;
          const value = values[entryCounts[i] as number] as number;
          out[column] = (out[column] as number) + factor * value;
        }
      }
    },
    moments: () => moments(counts, rows, values),
  };
}

function valueTable({ entryCounts, featureOf }: SparseCounts): Float64Array {
  let most = 0;
  for (const count of entryCounts) most = Math.max(most, count);
  return Float64Array.from({ length: most + 1 }, (_, count) => featureOf(count));
}

/** In two passes; the zeros of a column add its squared mean each. */
function moments(counts: SparseCounts, rows: number, values: Float64Array): ColumnMoments {
  const { columns, entryColumns, entryCounts } = counts;
  const mean = new Float64Array(columns);
  const stored = new Float64Array(columns);
  const squares = new Float64Array(columns);
  const add = (sums: Float64Array, column: number, term: number): void => {
    sums[column] = (sums[column] as number) + term;
  };
  for (let i = 0; i < entryColumns.length; i++) {
    const column = entryColumns[i] as number;
    add(mean, column, (values[entryCounts[i] as number] as number) / rows);
    add(stored, column, 1);
  }
  for (let i = 0; i < entryColumns.length; i++) {
    const column = entryColumns[i] as number;
    const value = values[entryCounts[i] as number] as number;
    add(squares, column, (value - (mean[column] as number)) ** 2);
  }
  const deviation = squares.map((sum, column) => {
    const zeros = (rows - (stored[column] as number)) * (mean[column] as number) ** 2;
    return Math.sqrt((sum + zeros) / rows);
  });
  return { mean, deviation };
}
