/** Accuracy: the share of sequences whose most probable class is the true one. */

import { confusion, correctCount } from "./confusion.ts";
import type { Metric } from "./metric.ts";

/** Undefined where nothing has weight. */
export const accuracy: Metric = (predictions) => {
  const matrixOf = confusion(predictions);
  return (weights) => {
    const matrix = matrixOf(weights);
    return matrix.total > 0 ? correctCount(matrix) / matrix.total : undefined;
  };
};
