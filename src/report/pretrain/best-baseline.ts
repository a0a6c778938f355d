/** The baseline that a model must be below, and whether it is. */

import { fixed } from "../numbers.ts";
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
  const sign = likelihood === "bound" ? "≤ " : "";
  const model = `${sign}${fixed(scores.model.bits, 4)} bits per base`;
  const best = bestBaseline(scores);
  if (best === undefined) {
    return { standing: "unclear", text: `The model’s ${model} were compared with no baseline.` };
  }
  const { bits, standardError } = best.modelMinusBaseline;
  const error = standardError === undefined ? "" : ` ± ${fixed(standardError, 4)}`;
  const by = `${fixed(Math.abs(bits), 4)}${error}`;
  const against = `the best baseline, ${best.name} (${fixed(best.bits, 4)})`;
  if (bits >= 0) {
    return {
      standing: "below",
      text: `The model’s ${model} ARE NOT BELOW ${against}: ${by} above.`,
    };
  }
  const isClear = standardError !== undefined && bits + NORMAL_95 * standardError < 0;
  return isClear
    ? { standing: "above", text: `The model’s ${model} are ${by} below ${against}.` }
    : {
        standing: "unclear",
        text: `The model’s ${model} ARE NOT CLEARLY BELOW ${against}: ${by} below.`,
      };
}
