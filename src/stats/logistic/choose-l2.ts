/** Chooses the penalty of a logistic regression on validation rows. */

import type { FeatureMatrix } from "../features/feature-matrix.ts";
import { type FittedLogistic, fitLogistic, type LogisticOptions } from "./fit-logistic.ts";
import { predictLogistic } from "./logistic-model.ts";

export interface LabelledFeatures {
  readonly features: FeatureMatrix;
  /** [rows] */
  readonly labels: Int32Array;
}

export interface ChosenLogistic {
  readonly model: FittedLogistic;
  /** mean −ln p of the validation labels */
  readonly nats: number;
  /** in the order in which they were tried */
  readonly tried: readonly { readonly l2: number; readonly nats: number }[];
}

/** Strongest first: each fit begins where the one before it ended. */
const L2_GRID: readonly number[] = [10_000, 3000, 1000, 300, 100, 30, 10, 3, 1, 0.1, 0.01];
/** So many penalties in a row that are worse than the best end the search. */
const PATIENCE = 2;

/**
 * Fits `train` under falling penalties and returns the model that gives the labels of `valid` most probability.
 *
 * @throws {RangeError} when either has no row, or labels do not fit
 */
export function chooseL2(
  train: LabelledFeatures,
  valid: LabelledFeatures,
  classes: number,
  options: Omit<LogisticOptions, "l2" | "start"> & { readonly grid?: readonly number[] } = {},
): ChosenLogistic {
  const { grid = L2_GRID, ...fitOptions } = options;
  const tried: { l2: number; nats: number }[] = [];
  let best: { model: FittedLogistic; nats: number } | undefined;
  let start: FittedLogistic | undefined;
  let worse = 0;
  for (const l2 of grid) {
    const model: FittedLogistic = fitLogistic(train.features, train.labels, classes, {
      ...fitOptions,
      l2,
      ...(start === undefined ? {} : { start }),
    });
    start = model;
    const nats = meanNats(predictLogistic(model, valid.features), valid.labels, classes);
    tried.push({ l2, nats });
    if (best === undefined || nats < best.nats) {
      best = { model, nats };
      worse = 0;
    } else if (++worse === PATIENCE) break;
  }
  if (best === undefined) throw new RangeError("internal: expected a penalty to try, got none");
  return { ...best, tried };
}

function meanNats(probabilities: Float64Array, labels: Int32Array, classes: number): number {
  if (labels.length === 0) {
    throw new RangeError("internal: expected validation rows to choose a penalty on, got none");
  }
  let nats = 0;
  labels.forEach((label, row) => {
    nats -= Math.log(probabilities[row * classes + label] as number);
  });
  return nats / labels.length;
}
