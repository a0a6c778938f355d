/** Area under the ROC curve: the share of pairs, one positive and one negative, that are in the right order. */

import type { Metric } from "./metric.ts";
import { oneVsRest } from "./one-vs-rest.ts";
import { rankScores, walkRuns } from "./ranked-scores.ts";

/**
 * A pair of equal scores counts one half (mid-ranks). Of two classes, the last is the positive one; of more, each
 * against the rest, averaged. Undefined where a class is absent.
 */
export const auroc: Metric = oneVsRest((scores, isPositive) => {
  const ranked = rankScores(scores);
  return (weights) => {
    let above = 0; // weight of the positives of higher score
    let negatives = 0;
    let pairs = 0;
    walkRuns(ranked, isPositive, weights, (positivesHere, negativesHere) => {
      pairs += negativesHere * (above + positivesHere / 2);
      above += positivesHere;
      negatives += negativesHere;
    });
    return above > 0 && negatives > 0 ? pairs / (above * negatives) : undefined;
  };
});
