/** Numbers that describe sequences, a row each, as a linear model sees them: products only, however they are stored. */

export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Writes X w: `weights` is [columns], `out` is [rows]. */
  times(weights: Float64Array, out: Float64Array): void;
  /** Writes Xᵀ r: `values` is [rows], `out` is [columns]. */
  transposedTimes(values: Float64Array, out: Float64Array): void;
  /** Mean and standard deviation (over n) of each column. */
  moments(): ColumnMoments;
}

/** Both are [columns]. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}
