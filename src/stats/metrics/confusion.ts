/** The confusion matrix: how many sequences of each class were taken for each class. */

import { type Predictions, predictedLabels } from "../predictions.ts";

export interface Confusion {
  readonly classes: number;
  /** [true class, predicted class] */
  readonly counts: Float64Array;
  /** [classes] sequences that are of a class */
  readonly labelled: Float64Array;
  /** [classes] sequences that were taken for a class */
  readonly predicted: Float64Array;
  readonly total: number;
}

/** Prepares the matrix; the predicted class is the most probable one, of equal ones the first. */
export function confusion(predictions: Predictions): (weights: Float64Array) => Confusion {
  const classes = predictions.classes.length;
  const { labels } = predictions;
  const taken = predictedLabels(predictions);
  return (weights) => {
    const counts = new Float64Array(classes * classes);
    for (let i = 0; i < labels.length; i++) {
      const cell = (labels[i] as number) * classes + (taken[i] as number);
      counts[cell] = (counts[cell] as number) + (weights[i] as number);
    }
    return withSums(classes, counts);
  };
}

function withSums(classes: number, counts: Float64Array): Confusion {
  const labelled = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let total = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] as number;
    const row = Math.floor(cell / classes);
    const column = cell % classes;
    labelled[row] = (labelled[row] as number) + count;
    predicted[column] = (predicted[column] as number) + count;
    total += count;
  }
  return { classes, counts, labelled, predicted, total };
}

/** How many sequences were taken for what they are: the diagonal. */
export function correctCount(matrix: Confusion): number {
  let correct = 0;
  for (let c = 0; c < matrix.classes; c++) correct += diagonal(matrix, c);
  return correct;
}

/** How many sequences of class `c` were taken for it. */
export function diagonal(matrix: Confusion, c: number): number {
  return matrix.counts[c * (matrix.classes + 1)] as number;
}

/** Whether two classes or more have sequences in `sums`, [classes]. */
export function hasTwoClasses(sums: Float64Array): boolean {
  return sums.filter((count) => count > 0).length > 1;
}
