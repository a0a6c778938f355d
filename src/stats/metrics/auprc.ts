/** Area under the precision–recall curve as average precision: steps, not straight lines between points. */

import type { Metric } from "./metric.ts";
import { oneVsRest } from "./one-vs-rest.ts";
import { rankScores, walkRuns } from "./ranked-scores.ts";

/**
 * Σ (R_n − R_{n−1}) P_n over the distinct scores as thresholds, highest first. Of two classes, the last is the
 * positive one; of more, each against the rest, averaged. Undefined where a class is absent.
 */
export const auprc: Metric = oneVsRest((scores, isPositive) => {
  const ranked = rankScores(scores);
  return (weights) => {
    let hits = 0;
    let taken = 0;
    let sum = 0;
    walkRuns(ranked, isPositive, weights, (positivesHere, negativesHere) => {
      hits += positivesHere;
      taken += positivesHere + negativesHere;
      if (positivesHere > 0) sum += (positivesHere * hits) / taken;
    });
    return hits > 0 && hits < taken ? sum / hits : undefined;
  };
});
