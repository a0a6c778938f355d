/** Brier score: the mean squared distance of the probabilities from the truth (Brier, 1950). */

import { type Metric, weightedMean } from "./metric.ts";

/**
 * Of two classes, (p − y)² of the last one, 0 … 1; of more, the sum over classes, 0 … 2. Undefined where nothing has
 * weight.
 */
export const brier: Metric = ({ classes, labels, probabilities }) => {
  const first = classes.length === 2 ? 1 : 0;
  return weightedMean(
    Float64Array.from(labels, (label, i) => {
      let sum = 0;
      for (let c = first; c < classes.length; c++) {
        const truth = label === c ? 1 : 0;
        sum += ((probabilities[i * classes.length + c] as number) - truth) ** 2;
      }
      return sum;
    }),
  );
};
