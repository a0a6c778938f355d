/** Fits a logistic regression to all rows at once; no draw is made, so that equal rows give equal weights. */

import type { FeatureMatrix } from "../features/feature-matrix.ts";
import { minimise } from "./lbfgs.ts";
import { logisticLoss } from "./logistic-loss.ts";
import { type LogisticModel, outputCount } from "./logistic-model.ts";

export interface LogisticOptions {
  /** penalty of squared weights, positive; see `logisticLoss` */
  readonly l2: number;
  /** the fit ends when no element of the gradient is larger; default 1e-4 */
  readonly tolerance?: number;
  /** default 500 */
  readonly maxSteps?: number;
  /** a fit to the same features, to begin with; default all 0 */
  readonly start?: LogisticModel;
}

export interface FittedLogistic extends LogisticModel {
  readonly l2: number;
  readonly steps: number;
  /** whether the tolerance was met */
  readonly isConverged: boolean;
}

/**
 * Standardises the features by their mean and deviation over `features`, then fits.
 *
 * @param labels [rows] 0 … classes − 1
 * @throws {RangeError} when there is no row, or labels do not fit the rows or the classes
 */
export function fitLogistic(
  features: FeatureMatrix,
  labels: Int32Array,
  classes: number,
  { l2, tolerance = 1e-4, maxSteps = 500, start }: LogisticOptions,
): FittedLogistic {
  checkLabels(features, labels, classes);
  const { columns } = features;
  const { mean, deviation } = start ?? standardisation(features);
  const shape = { classes, columns, mean, deviation };
  const from = start?.weights ?? new Float64Array(outputCount(classes) * (columns + 1));
  const loss = logisticLoss(shape, features, labels, l2);
  const { at, steps, isConverged } = minimise(loss, from, { tolerance, maxSteps });
  return { ...shape, weights: at, l2, steps, isConverged };
}

function standardisation(features: FeatureMatrix): Pick<LogisticModel, "mean" | "deviation"> {
  const { mean, deviation } = features.moments();
  // of a feature that does not vary, rounding may leave a little
  const isConstant = (column: number): boolean =>
    (deviation[column] as number) <= 1e-12 * Math.abs(mean[column] as number);
  return { mean, deviation: deviation.map((value, column) => (isConstant(column) ? 1 : value)) };
}

function checkLabels(features: FeatureMatrix, labels: Int32Array, classes: number): void {
  if (labels.length !== features.rows || labels.length === 0) {
    throw new RangeError(
      `internal: expected a label for each of at least one row, got ${labels.length} for ${features.rows}`,
    );
  }
  if (classes < 2 || labels.some((label) => label < 0 || label >= classes)) {
    throw new RangeError(
      `internal: expected two classes or more and labels of them, got ${classes} classes`,
    );
  }
}
