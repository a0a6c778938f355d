/** Log loss: the mean of −ln p of the true class, in nats. */

import { type Metric, weightedMean } from "./metric.ts";

/** ∞ where a true class was given no probability; undefined where nothing has weight. */
export const logLoss: Metric = ({ classes, labels, probabilities }) =>
  weightedMean(
    Float64Array.from(
      labels,
      (label, i) => -Math.log(probabilities[i * classes.length + label] as number),
    ),
  );
