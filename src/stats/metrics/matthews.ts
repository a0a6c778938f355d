/** Matthews correlation of two classes or more: R_K (Gorodkin, Comput. Biol. Chem. 28, 2004, 367–374). */

import { confusion, correctCount, hasTwoClasses } from "./confusion.ts";
import type { Metric } from "./metric.ts";

/**
 * (c·s − Σ p_k t_k) / √((s² − Σ p_k²)(s² − Σ t_k²)), with c correct of s sequences, t_k of class k, p_k taken for it.
 *
 * Undefined where the labels hold one class; 0, its limit, where one class is all that was predicted.
 */
export const matthews: Metric = (predictions) => {
  const matrixOf = confusion(predictions);
  return (weights) => {
    const matrix = matrixOf(weights);
    const { labelled, predicted, total } = matrix;
    if (!hasTwoClasses(labelled)) return undefined;
    if (!hasTwoClasses(predicted)) return 0;
    const square = total * total;
    const ofPredicted = square - dot(predicted, predicted);
    const ofLabels = square - dot(labelled, labelled);
    const shared = correctCount(matrix) * total - dot(predicted, labelled);
    return shared / Math.sqrt(ofPredicted * ofLabels);
  };
};

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
