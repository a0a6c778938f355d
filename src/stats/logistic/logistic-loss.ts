/** What logistic regression minimises: −ln p of the labels, and the penalty of large weights. */

import type { FeatureMatrix } from "../features/feature-matrix.ts";
import type { Objective } from "./lbfgs.ts";
import { type LogisticModel, logitsOf } from "./logistic-model.ts";

/**
 * (Σ nats + l2 / 2 × Σ w²) / rows, over the weights of standardised features; constants are free. `l2` is 1 / C of
 * scikit-learn, and the precision of a normal prior of the weights: what suits it hardly depends on the number of rows.
 *
 * @param shape all of the model but its weights
 */
export function logisticLoss(
  shape: Omit<LogisticModel, "weights">,
  features: FeatureMatrix,
  labels: Int32Array,
  l2: number,
): Objective {
  const { columns, mean, deviation } = shape;
  const { rows } = features;
  const penalty = l2 / rows;
  const product = new Float64Array(columns);
  return (weights, gradient) => {
    const outputs = logitsOf({ ...shape, weights }, features);
    let loss = (outputs.length === 1 ? binaryNats : softmaxNats)(outputs, labels) / rows;
    outputs.forEach((residuals, output) => {
      features.transposedTimes(residuals, product);
      const sum = residuals.reduce((total, residual) => total + residual, 0);
      const first = output * (columns + 1);
      for (let column = 0; column < columns; column++) {
        const weight = weights[first + column] as number;
        const centred = (product[column] as number) - (mean[column] as number) * sum;
        gradient[first + column] =
          centred / (deviation[column] as number) / rows + penalty * weight;
        loss += (penalty / 2) * weight * weight;
      }
      gradient[first + columns] = sum / rows;
    });
    return loss;
  };
}

/** Σ −ln p; turns the logits into p − y, in place. */
function binaryNats([logits]: Float64Array[], labels: Int32Array): number {
  const values = logits as Float64Array;
  let nats = 0;
  for (let row = 0; row < values.length; row++) {
    const logit = values[row] as number;
    const label = labels[row] as number;
    nats += Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(logit, 0) - label * logit;
    values[row] = 1 / (1 + Math.exp(-logit)) - label;
  }
  return nats;
}

/** Σ −ln p; turns the logits into p − y, in place. */
function softmaxNats(outputs: Float64Array[], labels: Int32Array): number {
  let nats = 0;
  for (let row = 0; row < labels.length; row++) {
    let most = Number.NEGATIVE_INFINITY;
    for (const logits of outputs) most = Math.max(most, logits[row] as number);
    let sum = 0;
    for (const logits of outputs) sum += Math.exp((logits[row] as number) - most);
    const logSum = Math.log(sum) + most;
    const label = labels[row] as number;
    nats += logSum - ((outputs[label] as Float64Array)[row] as number);
    outputs.forEach((logits, c) => {
      logits[row] = Math.exp((logits[row] as number) - logSum) - (c === label ? 1 : 0);
    });
  }
  return nats;
}
