/** Precision, recall and F1 of each class, and the one F1 of a classifier. */

import { type Confusion, confusion, diagonal } from "./confusion.ts";
import type { Metric } from "./metric.ts";

export interface ClassScores {
  /** of the sequences taken for the class, the share that are of it; undefined where none was */
  readonly precision: number | undefined;
  /** of the sequences of the class, the share taken for it; undefined where there is none */
  readonly recall: number | undefined;
  /** 2 TP / (2 TP + FP + FN); undefined where there is no sequence of the class */
  readonly f1: number | undefined;
  /** sequences of the class */
  readonly count: number;
}

/** Scores of class `c` against all others. */
export function classScores(matrix: Confusion, c: number): ClassScores {
  const hits = diagonal(matrix, c);
  const count = matrix.labelled[c] as number;
  const taken = matrix.predicted[c] as number;
  return {
    precision: taken > 0 ? hits / taken : undefined,
    recall: count > 0 ? hits / count : undefined,
    f1: count > 0 ? (2 * hits) / (count + taken) : undefined,
    count,
  };
}

/** F1 of the last of two classes, the positive one; of more, the mean over classes (macro). */
export const f1: Metric = (predictions) => {
  const matrixOf = confusion(predictions);
  return (weights) => {
    const matrix = matrixOf(weights);
    if (matrix.classes === 2) return classScores(matrix, 1).f1;
    let sum = 0;
    for (let c = 0; c < matrix.classes; c++) {
      const score = classScores(matrix, c).f1;
      if (score === undefined) return undefined;
      sum += score;
    }
    return sum / matrix.classes;
  };
};
