/** The sections of a fine-tuning configuration: labelled sequences, the network, and its training. */

import type { OptionTable } from "../../src/config/option-table.ts";
import { choice, decay, fraction, positiveInteger, text } from "../../src/config/value-types.ts";
import { HEAD_KINDS, type HeadKind } from "../../src/model/classifier-config.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { GROUP_RULES, type GroupRule } from "../labelled/labelled-parts.ts";
import {
  type AdamWConfig,
  adamWOptions,
  type KeepConfig,
  keepOptions,
  type LearningRateConfig,
  learningRateOptions,
} from "../optimiser-options.ts";
import { modelOptions } from "../pretrain/sections.ts";
import { type MaskShare, maskShareType } from "./mask-share-type.ts";
import { type TuneText, tuneType } from "./tune-type.ts";

/** Where labelled sequences come from, and which train. */
export interface LabelledDataConfig {
  /** One of the Genomic Benchmarks by name. */
  readonly set?: string;
  /** Folder of the official interval files, a folder a set; absent is the data folder's. */
  readonly benchmarks?: string;
  /** What the intervals of `set` lie on. */
  readonly genome?: string;
  readonly fasta?: string;
  /** Files, or folders of FASTA, instead of `set`. */
  readonly train?: string;
  readonly valid?: string;
  readonly test?: string;
  /** Columns of tables. */
  readonly sequenceColumn?: string;
  readonly labelColumn?: string;
  /** Share of the train part that validates, where no `valid` is given. */
  readonly validShare: number;
  /** Share of the train part that tests; 0 leaves testing to `test`. */
  readonly testShare: number;
  /** Whether parts that are drawn here share no group of overlapping sequences. */
  readonly groups: GroupRule;
  /** Column of the table `train` that names groups: parts that are drawn here share none. */
  readonly groupColumn?: string;
}

export interface ClassifierSection extends DenoiserConfig {
  readonly head: HeadKind;
  readonly tune: TuneText;
  readonly strand: StrandUse;
}

const STRAND_USES = ["forward", "augment", "average"] as const;
/** Forward alone; either strand in training; either in training, and both averaged when predicting. */
type StrandUse = (typeof STRAND_USES)[number];

export interface FinetuneTrainConfig extends LearningRateConfig, AdamWConfig, KeepConfig {
  /** Passes over the training sequences. */
  readonly epochs: number;
  /** Sequences of one optimiser update. */
  readonly batchSize: number;
  /** Most tokens of one forward pass, padding among them. */
  readonly tokens: number;
  /** Share of the steps that the linear warm-up takes. */
  readonly warmup: number;
  readonly labelSmoothing: number;
  /** Probability that a base of a training sequence is shown as MASK, which the backbone knows from pretraining. */
  readonly maskShare: MaskShare;
  /** Decay of the averaged weights, which validate, are kept and predict; 0 takes the last ones. */
  readonly emaDecay: number;
  readonly classWeights: ClassWeights;
  /** What a better epoch is better at, on valid. */
  readonly select: Selection;
  /** Epochs without a better one after which training ends; absent is never. */
  readonly patience?: number;
}

const CLASS_WEIGHTS = ["none", "balanced"] as const;
type ClassWeights = (typeof CLASS_WEIGHTS)[number];
const SELECTIONS = ["accuracy", "loss"] as const;
export type Selection = (typeof SELECTIONS)[number];

const FILE = text("FILE");

export const labelledDataOptions: OptionTable<LabelledDataConfig> = {
  set: {
    type: text("NAME"),
    default: undefined,
    flag: "--set",
    help: "one of the Genomic Benchmarks, as gdiff data list shows them; this or --train",
  },
  benchmarks: {
    type: text("FOLDER"),
    default: undefined,
    flag: "--benchmarks",
    help: "the official interval files, a folder a set; without it those of gdiff data fetch",
  },
  genome: {
    type: text("NAME"),
    default: undefined,
    flag: "--genome",
    help: "what the intervals of --set lie on, instead of what the set names",
  },
  fasta: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--fasta",
    help: "the same as a FASTA file",
  },
  train: {
    type: FILE,
    default: undefined,
    flag: "--train",
    help: "labelled sequences: CSV, TSV, Arrow, Parquet, or a folder of FASTA, a file a class",
  },
  valid: { type: FILE, default: undefined, flag: "--valid", help: "the same, to stop early by" },
  test: { type: FILE, default: undefined, flag: "--test", help: "the same, read once at the end" },
  sequenceColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--sequence-column",
    help: "column of the sequences in tables; without it sequence, or what is called so elsewhere",
  },
  labelColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--label-column",
    help: "column of the labels in tables; without it label",
  },
  validShare: {
    type: fraction(),
    default: 0.1,
    flag: "--valid-share",
    help: "share of the training sequences that validates, where --valid is not given",
  },
  testShare: {
    type: fraction(),
    default: 0,
    flag: "--test-share",
    help: "share of them that tests, where there is no test part",
  },
  groups: {
    type: choice(GROUP_RULES),
    default: "none",
    flag: "--groups",
    help: "overlap: parts drawn by share have no overlapping sequences in two of them",
  },
  groupColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--group-column",
    help: "column of --train that names groups, instead: no group is in two parts drawn by share",
  },
};

export const classifierOptions: OptionTable<ClassifierSection> = {
  ...modelOptions,
  head: {
    type: choice(HEAD_KINDS),
    default: "linear",
    flag: "--head",
    help: "on the mean over a sequence's positions",
  },
  tune: {
    type: tuneType(),
    default: "all",
    flag: "--tune",
    help: "what is trained; last:N are the last N blocks, the last norm and the head",
  },
  strand: {
    type: choice(STRAND_USES),
    default: "augment",
    flag: "--strand",
    help: "augment: either strand in training; average: and both when predicting",
  },
};

export const finetuneTrainOptions: OptionTable<FinetuneTrainConfig> = {
  epochs: {
    type: positiveInteger(1_000_000),
    default: 10,
    flag: "--epochs",
    help: "passes over the training sequences",
  },
  batchSize: {
    type: positiveInteger(1_000_000),
    default: 64,
    unit: "sequences",
    flag: "--batch-size",
    help: "in one optimiser update",
  },
  tokens: {
    type: positiveInteger(),
    default: 16_384,
    unit: "bases",
    flag: "--tokens",
    help: "most in one forward pass, padding among them",
  },
  ...learningRateOptions,
  warmup: { type: fraction(), default: 0.05, help: "share of the steps of the linear rise to lr" },
  ...adamWOptions(0.98),
  labelSmoothing: {
    type: decay(),
    default: 0,
    flag: "--label-smoothing",
    help: "share of each target that is spread over all classes",
  },
  maskShare: {
    type: maskShareType(),
    default: 0,
    flag: "--mask-share",
    help: "share of the bases that training hides, others each epoch; uniform: any share, for gdiff generate --classifier",
  },
  emaDecay: {
    type: decay(),
    default: 0,
    flag: "--ema-decay",
    help: "of the averaged weights that validate and predict; 0 takes the last weights",
  },
  classWeights: {
    type: choice(CLASS_WEIGHTS),
    default: "none",
    flag: "--class-weights",
    help: "balanced: every class counts as much, however many sequences it has",
  },
  select: {
    type: choice(SELECTIONS),
    default: "accuracy",
    help: "what the best epoch is best at, on valid",
  },
  patience: {
    type: positiveInteger(1_000_000),
    default: 5,
    canBeOff: true,
    unit: "epochs",
    flag: "--patience",
    help: "without a better one before training ends; null is never",
  },
  ...keepOptions,
};
