/** The baseline that a model must be below, and whether it is. */

import { fixed, plusMinus } from "../numbers.ts";
import type { BaselineScore, PretrainEvaluation, PretrainScores } from "../pretrain-record.ts";

/** Two-sided 95 % of the normal distribution: errors are over many windows. */
export const NORMAL_95 = 1.96;

/** The one with the fewest bits; undefined where there is none. */
export function bestBaseline({ baselines }: PretrainScores): BaselineScore | undefined {
  return baselines.reduce<BaselineScore | undefined>(
    (best, one) => (best === undefined || one.bits < best.bits ? one : best),
    undefined,
  );
}

export interface PretrainVerdict {
  readonly standing: "above" | "unclear" | "below";
  readonly text: string;
}

/** Good (`above`) is clearly fewer bits than every baseline. */
export function pretrainVerdict({ scores, likelihood }: PretrainEvaluation): PretrainVerdict {
  const most = likelihood === "bound" ? "at most " : "";
  const model = `The model needs ${most}${fixed(scores.model.bits, 4)} bits per base`;
  const best = bestBaseline(scores);
  if (best === undefined) {
    return { standing: "unclear", text: `${model}; it was compared with no baseline.` };
  }
  const { bits, standardError } = best.modelMinusBaseline;
  const by = plusMinus(Math.abs(bits), standardError, 4);
  const against = `the best baseline, ${best.name} (${fixed(best.bits, 4)})`;
  if (bits >= 0) {
    return { standing: "below", text: `${model}, NOT FEWER than ${against}: ${by} more.` };
  }
  const isClear = standardError !== undefined && bits + NORMAL_95 * standardError < 0;
  return isClear
    ? { standing: "above", text: `${model}, ${by} fewer than ${against}.` }
    : { standing: "unclear", text: `${model}, NOT CLEARLY FEWER than ${against}: ${by} fewer.` };
}
