/** A multinomial logistic regression: what was fitted, and its probabilities. */

import type { FeatureMatrix } from "../features/feature-matrix.ts";
import { softmax } from "../softmax.ts";

/**
 * Features are standardised by `mean` and `deviation`, those of the training set. Two classes have one output, the
 * logit of the second against the first; more have one each.
 */
export interface LogisticModel {
  readonly classes: number;
  readonly columns: number;
  readonly mean: Float64Array;
  /** 1 where the training set does not vary */
  readonly deviation: Float64Array;
  /** [outputs, columns + 1] of standardised features, the constant last */
  readonly weights: Float64Array;
}

/** Outputs of a model of `classes` classes. */
export function outputCount(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Probabilities [rows, classes]. @throws {RangeError} when the model knows other columns */
export function predictLogistic(model: LogisticModel, features: FeatureMatrix): Float64Array {
  if (features.columns !== model.columns) {
    throw new RangeError(`internal: expected ${model.columns} features, got ${features.columns}`);
  }
  const logits = logitsOf(model, features);
  const { classes } = model;
  const out = new Float64Array(features.rows * classes);
  for (let row = 0; row < features.rows; row++) {
    if (classes === 2) {
      const logit = (logits[0] as Float64Array)[row] as number;
      out[2 * row] = 1 / (1 + Math.exp(logit));
      out[2 * row + 1] = 1 / (1 + Math.exp(-logit));
    } else {
      const probabilities = softmax(logits.map((ofClass) => ofClass[row] as number));
      out.set(probabilities, row * classes);
    }
  }
  return out;
}

/** Logits of each output, [outputs] arrays of [rows]; standardising moves into the weights, so that zeros stay zeros. */
export function logitsOf(model: LogisticModel, features: FeatureMatrix): Float64Array[] {
  const { columns, mean, deviation, weights } = model;
  return Array.from({ length: outputCount(model.classes) }, (_, output) => {
    const first = output * (columns + 1);
    const raw = new Float64Array(columns);
    let constant = weights[first + columns] as number;
    for (let column = 0; column < columns; column++) {
      raw[column] = (weights[first + column] as number) / (deviation[column] as number);
      constant -= (mean[column] as number) * (raw[column] as number);
    }
    const logits = new Float64Array(features.rows);
    features.times(raw, logits);
    return logits.map((logit) => logit + constant);
  });
}
