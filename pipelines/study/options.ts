/** What `gdiff study objectives` can be told. */

import { resolve } from "node:path";
import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { commaList } from "../../src/config/list-type.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, text, textList } from "../../src/config/value-types.ts";
import { absoluteData } from "../absolute-data.ts";
import {
  type PartialConfig,
  PRESET_NAMES,
  type PresetName,
  pretrainOptions,
} from "../pretrain/options.ts";
import { type DataConfig, dataOptions } from "../pretrain/sections.ts";
import { type ArithmeticConfig, arithmeticOptions, dryRunOption } from "../shared-options.ts";
import { checkStudy } from "./check-options.ts";
import {
  type StudyEvaluation,
  type StudyModelConfig,
  type StudySamples,
  type StudyTrainConfig,
  studyEvaluationOptions,
  studyModelOptions,
  studySampleOptions,
  studyTrainOptions,
} from "./sections.ts";

export interface StudyConfig extends ArithmeticConfig {
  /** Arms: objectives, or several one after another, `mlm@0.25+mdlm`. */
  readonly objectives: readonly string[];
  /** Bases that each trial is trained on. */
  readonly tokens: number;
  /** Seeds 1 … `seeds`, each other first weights and windows in another order, the same for every arm. */
  readonly seeds: number;
  readonly preset: PresetName;
  readonly data: DataConfig;
  readonly model: StudyModelConfig;
  readonly train: StudyTrainConfig;
  /** Settings of some arms only: `ar:train.lr=1e-3`. */
  readonly setFor?: readonly string[];
  readonly evaluate: StudyEvaluation;
  readonly sample: StudySamples;
  /** Trials that run at once. */
  readonly jobs: number;
  /** Folder of trials and the report; one that is there is gone on with. */
  readonly out: string;
  /** Report what would run, and stop. */
  readonly dryRun: boolean;
}

export const studyOptions: OptionTable<StudyConfig> = {
  objectives: {
    type: commaList(text("ARM"), "ARM,..."),
    required: "--objectives, what is compared, such as mdlm,sedd,ar",
    flag: "--objectives",
    help: "what is compared: objectives of gdiff pretrain; A+B is B from the weights of A, half the tokens each, A@0.25+B a quarter and the rest; NAME=A is A under a name, for settings of its own",
  },
  tokens: {
    type: positiveInteger(),
    required: "--tokens, the bases that each trial is trained on",
    unit: "bases",
    flag: "--tokens",
    help: "that each trial is trained on, to the nearest step",
  },
  seeds: {
    type: positiveInteger(1000),
    default: 3,
    flag: "--seeds",
    help: "seeds 1, 2, …: each draws first weights and the order of windows, for every arm the same",
  },
  preset: {
    type: choice(PRESET_NAMES),
    default: "nano",
    flag: "--preset",
    help: "network and training of every arm, in one word; how long and what is learnt the study decides",
  },
  data: dataOptions,
  model: studyModelOptions,
  train: studyTrainOptions,
  setFor: {
    type: textList("NAME:KEY=VALUE"),
    default: undefined,
    flag: "--set-for",
    help: "a setting of one arm or objective, ar:train.lr=2e-3 or bd3:model.blockLength=4; may be repeated",
  },
  evaluate: studyEvaluationOptions,
  sample: studySampleOptions,
  jobs: {
    type: positiveInteger(1024),
    default: 1,
    flag: "--jobs",
    isRecorded: false,
    help: "trials that run at once; they share the threads",
  },
  ...arithmeticOptions,
  out: {
    type: text("FOLDER"),
    required: "--out FOLDER, where trials and the report go",
    flag: "--out",
    isRecorded: false,
    help: "where trials and the report go; the same command goes on there",
  },
  dryRun: dryRunOption,
};

const FLAT = flattenOptions(studyOptions);

/** What a preset says of one objective's training, or of how long it is, not of all. */
const NOT_OF_ALL: readonly string[] = ["maskWarmup", "noise", "validEvery", "saveEvery"].map(
  (key) => `train.${key}`,
);

/**
 * Returns the configuration that the layers make, the last on top; below them lie the defaults, and the network and training of the
 * preset.
 *
 * @throws {ConfigError} when values do not go together, or an arm cannot be trained as they say
 */
export async function resolveStudy(layers: readonly ConfigLayer[]): Promise<StudyConfig> {
  const { preset } = resolveConfig(studyOptions, layers);
  const config = resolveConfig(studyOptions, [await layerOfPreset(preset), ...layers]);
  const absolute = { ...config, out: resolve(config.out), data: absoluteData(config.data) };
  await checkStudy(absolute);
  return absolute;
}

/** What a preset says of all arms, above the defaults. */
export async function layerOfPreset(preset: PresetName): Promise<ConfigLayer> {
  const layer = await readPreset("pretrain", preset, flattenOptions(pretrainOptions));
  return new Map([...layer].filter(([key]) => FLAT.has(key) && !NOT_OF_ALL.includes(key)));
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or values do not go together
 */
export async function studyConfig(part: PartialConfig<StudyConfig>): Promise<StudyConfig> {
  return resolveStudy([mappingLayer(part, "studyConfig", FLAT, "check")]);
}
