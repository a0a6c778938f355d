/** The sections of a pretraining configuration: where windows come from, the denoiser, and its training. */

import { commaList } from "../../src/config/list-type.ts";
import type { OptionTable } from "../../src/config/option-table.ts";
import {
  choice,
  decay,
  fraction,
  positiveInteger,
  text,
  wholeNumber,
  yesOrNo,
} from "../../src/config/value-types.ts";
import { NOISE_NAMES, type NoiseName } from "../../src/diffusion/noise.ts";
import { OBJECTIVE_NAMES, type ObjectiveName } from "../../src/diffusion/objective.ts";
import { TIME_SAMPLINGS, type TimeSampling } from "../../src/diffusion/time-sampling.ts";
import { ATTENTION_KINDS, type DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import {
  type AdamWConfig,
  adamWOptions,
  type KeepConfig,
  keepOptions,
  type LearningRateConfig,
  learningRateOptions,
} from "../optimiser-options.ts";
import { type SplitConfig, splitOptions } from "../split-options.ts";

export type ModelConfig = DenoiserConfig;

/** Which windows train. */
export interface DataConfig extends SplitConfig {
  /** Largest share of N in a window that is trained on. */
  readonly maxN: number;
  /** Largest share of soft-masked bases among A, C, G and T of a window that is trained on. */
  readonly maxSoftMasked: number;
  /** Probability that a training window is read from the other strand. */
  readonly reverseComplement: number;
}

export interface TrainConfig extends LearningRateConfig, AdamWConfig, KeepConfig {
  /** Optimiser updates. */
  readonly steps: number;
  /** Windows in one forward pass. */
  readonly batchSize: number;
  /** Forward passes in one step. */
  readonly accumulate: number;
  /** Steps of linear warm-up. */
  readonly warmup: number;
  readonly emaDecay: number;
  /** Steps between validations, and windows in one. */
  readonly validEvery: number;
  readonly validWindows: number;
  /** Steps between checkpoints. */
  readonly saveEvery: number;
  readonly objective: ObjectiveName;
  /** Of objectives whose noise has a schedule. */
  readonly noise: NoiseName;
  /** Least and largest mask rate of a block in training, of bd3; absent are 0 and 1, and 1 for blocks of one base. */
  readonly maskFrom?: number;
  readonly maskTo?: number;
  /** First steps that mask 0.1–0.3 of a window only. */
  readonly maskWarmup: number;
  readonly timeSampling: TimeSampling;
  /** Absent: time is continuous, or of d3pm has 1000 steps. */
  readonly timeSteps?: number;
  /** Probability that a window is cut to a random length. */
  readonly randomLengthShare: number;
  /** First steps in which a position sees ever more of what follows it. */
  readonly attentionAnnealing: number;
}

export const dataOptions: OptionTable<DataConfig> = {
  ...splitOptions,
  maxN: {
    type: fraction(),
    default: 0.05,
    flag: "--max-n",
    help: "largest share of N in a window",
  },
  maxSoftMasked: {
    type: fraction(),
    default: 1,
    flag: "--max-soft-masked",
    help: "largest share of lower-case bases in a window",
  },
  reverseComplement: {
    type: fraction(),
    default: 0.5,
    help: "probability of reading a training window from the other strand",
  },
};

export const modelOptions: OptionTable<ModelConfig> = {
  width: { type: positiveInteger(65_536), default: 128, help: "features a position" },
  layers: { type: positiveInteger(1024), default: 4, help: "transformer layers" },
  heads: { type: positiveInteger(1024), default: 4, help: "attention heads; divides the width" },
  attention: {
    type: choice(ATTENTION_KINDS),
    default: undefined,
    help: "what a position sees, which --objective decides",
  },
  isShifted: {
    type: yesOrNo(),
    default: undefined,
    help: "whether a position predicts the next base, which --init decides: weights of an autoregressive run do",
  },
  isToldNoise: {
    type: yesOrNo(),
    default: undefined,
    help: "whether the network is told how noisy a row is, which --objective decides",
  },
  blockLength: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    help: "of a block of --objective bd3; 16 without it",
  },
  headWidth: {
    type: positiveInteger(BASE_COUNT + 1),
    default: undefined,
    help: "columns of the head, which --objective decides",
  },
  classes: {
    type: commaList(text("NAME"), "NAME,..."),
    default: undefined,
    help: "what --labels calls its classes, which decides them",
  },
};

/** In a configuration of an objective without noise too, which may name no other. */
export const DEFAULT_NOISE: NoiseName = "loglinear";

export const trainOptions: OptionTable<TrainConfig> = {
  steps: {
    type: positiveInteger(),
    default: 10_000,
    flag: "--steps",
    help: "optimiser updates",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 2,
    unit: "windows",
    flag: "--batch-size",
    help: "in one forward pass",
  },
  accumulate: {
    type: positiveInteger(65_536),
    default: 4,
    flag: "--accumulate",
    help: "forward passes in one step",
  },
  ...learningRateOptions,
  warmup: {
    type: wholeNumber(),
    default: 200,
    unit: "steps",
    flag: "--warmup",
    help: "linear rise to --lr",
  },
  ...adamWOptions(0.95),
  emaDecay: { type: decay(), default: 0.999, help: "decay of the averaged weights" },
  validEvery: { type: positiveInteger(), default: 500, unit: "steps", help: "between validations" },
  validWindows: {
    type: positiveInteger(),
    default: 64,
    unit: "windows",
    help: "in one validation",
  },
  saveEvery: { type: positiveInteger(), default: 500, unit: "steps", help: "between checkpoints" },
  ...keepOptions,
  objective: {
    type: choice(OBJECTIVE_NAMES),
    default: "mdlm",
    flag: "--objective",
    help: "what is learnt: masked diffusion, its scores (sedd), its form in steps of time that predicts MASK too (d3pm), diffusion by redrawn bases (udlm) and its scores (sedd-uniform), 15 % of the bases once (mlm), blocks from left to right (bd3), or each base from those before it (ar)",
  },
  noise: { type: choice(NOISE_NAMES), default: DEFAULT_NOISE, help: "how alpha(t) falls" },
  maskFrom: {
    type: fraction(),
    default: undefined,
    help: "least share of a block that bd3 hides in training; 0 without it",
  },
  maskTo: {
    type: fraction(),
    default: undefined,
    help: "largest share of a block that bd3 hides in training; 1 without it",
  },
  maskWarmup: {
    type: wholeNumber(),
    default: 0,
    unit: "steps",
    help: "that mask 0.1–0.3 of a window only, before every rate comes",
  },
  timeSampling: {
    type: choice(TIME_SAMPLINGS),
    default: "stratified",
    help: "how the noise of examples is drawn; the loss means the same with each",
  },
  timeSteps: {
    type: positiveInteger(1_000_000),
    default: undefined,
    help: "of discrete time, for mdlm, whose time is continuous without it, and d3pm (1000)",
  },
  randomLengthShare: {
    type: fraction(),
    default: 0,
    help: "probability that a window is cut to a random length (LLaDA: 0.01)",
  },
  attentionAnnealing: {
    type: wholeNumber(),
    default: 0,
    unit: "steps",
    help: "from attention to what stands before to attention to all, for --init of an autoregressive run",
  },
};
