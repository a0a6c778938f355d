/** Which epoch's weights are kept, and when to stop looking for better ones. */

import type { Selection } from "./sections.ts";

/** What an epoch came to on valid. */
export interface EpochScore {
  /** Epochs trained, from 1 on. */
  readonly epoch: number;
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly lossNats: number;
}

/** Whether `score` is to be kept instead of `best`: by accuracy, equal ones by loss, or by loss alone; the first of equals stays. */
export function isBetter(
  score: EpochScore,
  best: EpochScore | undefined,
  select: Selection,
): boolean {
  if (best === undefined) return true;
  if (select === "accuracy" && score.accuracy !== best.accuracy) {
    return score.accuracy > best.accuracy;
  }
  return score.lossNats < best.lossNats;
}

/** Whether training ends after `epoch`: none of the last `patience` epochs was better. */
export function isOutOfPatience(
  epoch: number,
  best: EpochScore | undefined,
  patience: number | undefined,
): boolean {
  return patience !== undefined && best !== undefined && epoch - best.epoch >= patience;
}
