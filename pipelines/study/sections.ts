/** The sections of a study's configuration: what all arms share of network and training, and how they are judged. */

import { commaList } from "../../src/config/list-type.ts";
import type { OptionTable } from "../../src/config/option-table.ts";
import { positiveInteger } from "../../src/config/value-types.ts";
import type { NoiseName } from "../../src/diffusion/noise.ts";
import {
  type ModelConfig,
  modelOptions,
  type TrainConfig,
  trainOptions,
} from "../pretrain/sections.ts";

/** The network's size, and of arms that are all of blocks theirs; what else a position sees, is told and predicts is the objective's. */
export type StudyModelConfig = Pick<ModelConfig, "width" | "layers" | "heads" | "blockLength">;

/** What all arms share; how long they train is said in tokens. */
export interface StudyTrainConfig
  extends Omit<
    TrainConfig,
    "steps" | "objective" | "maxTime" | "maskWarmup" | "noise" | "validEvery" | "saveEvery"
  > {
  /** First steps under light masks; absent is what the preset says, for objectives that have heavy ones. */
  readonly maskWarmup?: number;
  /** How alpha(t) falls; absent is what the preset says, for objectives that can be trained so. */
  readonly noise?: NoiseName;
  /** Steps between validations; absent is a twentieth of the arm's. */
  readonly validEvery?: number;
  /** Steps between checkpoints; absent is a tenth of the stage's, 500 at most. */
  readonly saveEvery?: number;
}

export interface StudyEvaluation {
  /** Monte Carlo draws a window, of a bound. */
  readonly draws: number;
  /** Windows of the test, evenly spread; absent is all. */
  readonly windows?: number;
  readonly batchSize: number;
}

export interface StudySamples {
  /** Sequences of each trial, of the window's length. */
  readonly count: number;
  /** Network evaluations a sequence, where the sampler takes any number; absent is one a base, 128 at most. */
  readonly calls?: readonly number[];
  readonly batchSize: number;
}

const { width, layers, heads, blockLength } = modelOptions;
const { steps: _steps, objective: _objective, maxTime: _maxTime, ...trainTable } = trainOptions;

export const studyModelOptions: OptionTable<StudyModelConfig> = {
  width,
  layers,
  heads,
  blockLength,
};

export const studyTrainOptions: OptionTable<StudyTrainConfig> = {
  ...trainTable,
  maskWarmup: {
    ...trainOptions.maskWarmup,
    default: undefined,
    help: "that mask 0.1–0.3 of a window only; without it the preset's, where an objective has heavier masks",
  },
  noise: {
    ...trainOptions.noise,
    default: undefined,
    help: "how alpha(t) falls; without it as the preset says, where an objective can be trained so",
  },
  validEvery: {
    type: positiveInteger(),
    default: undefined,
    unit: "steps",
    help: "between validations; without it a twentieth of all",
  },
  saveEvery: {
    type: positiveInteger(),
    default: undefined,
    unit: "steps",
    help: "between checkpoints; without it a tenth of all, 500 at most",
  },
};

export const studyEvaluationOptions: OptionTable<StudyEvaluation> = {
  draws: {
    type: positiveInteger(1_000_000),
    default: 8,
    flag: "--draws",
    help: "Monte Carlo draws a test window, where the likelihood is a bound",
  },
  windows: {
    type: positiveInteger(),
    default: undefined,
    flag: "--windows",
    help: "test this many windows, evenly spread; all without it",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 16,
    unit: "windows",
    help: "in one forward pass of the test",
  },
};

export const studySampleOptions: OptionTable<StudySamples> = {
  count: {
    type: positiveInteger(1_000_000),
    default: 64,
    flag: "--count",
    help: "sequences that each trial generates, as long as the window",
  },
  calls: {
    type: commaList(positiveInteger(2 ** 20), "N,..."),
    default: undefined,
    flag: "--calls",
    help: "network evaluations a sequence, each tried; without it one a base, 128 at most",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 16,
    unit: "sequences",
    help: "in one forward pass of a sampler",
  },
};
