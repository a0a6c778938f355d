/** Options of AdamW and its learning rate, in every pipeline that trains. */

import type { OptionTable } from "../src/config/option-table.ts";
import {
  decay,
  duration,
  fraction,
  integerFrom,
  nonNegativeNumber,
  positiveNumber,
} from "../src/config/value-types.ts";

export interface LearningRateConfig {
  /** Peak learning rate. */
  readonly lr: number;
  /** Last learning rate over the peak. */
  readonly minLrRatio: number;
}

export interface AdamWConfig {
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Largest global norm of the gradient; absent is no clipping. */
  readonly clip?: number;
}

export interface KeepConfig {
  /** Newest checkpoints that are kept. */
  readonly keep: number;
  /** Wall-clock milliseconds after which the run saves and stops. */
  readonly maxTime?: number;
}

export const learningRateOptions: OptionTable<LearningRateConfig> = {
  lr: { type: positiveNumber(), default: 1e-3, flag: "--lr", help: "peak learning rate" },
  minLrRatio: {
    type: fraction(),
    default: 0.1,
    help: "last learning rate over the peak, reached by a cosine",
  },
};

/** @param beta2 its default */
export function adamWOptions(beta2: number): OptionTable<AdamWConfig> {
  return {
    weightDecay: { type: nonNegativeNumber(), default: 0.1, help: "AdamW's decay of matrices" },
    beta1: { type: decay(), default: 0.9, help: "AdamW's decay of the gradient's mean" },
    beta2: { type: decay(), default: beta2, help: "AdamW's decay of the gradient's square" },
    clip: {
      type: positiveNumber(),
      default: 1,
      canBeOff: true,
      help: "largest norm of the gradient; null is no clipping",
    },
  };
}

export const keepOptions: OptionTable<KeepConfig> = {
  keep: { type: integerFrom(2, 1_000_000), default: 2, help: "newest checkpoints that are kept" },
  maxTime: {
    type: duration(),
    default: undefined,
    flag: "--max-time",
    help: "save and stop after this long: 60m, 1h30m; go on with --resume",
  },
};
