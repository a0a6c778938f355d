/** What `gdiff pretrain` can be told. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, text, wholeNumber } from "../../src/config/value-types.ts";
import { readYamlLayer } from "../../src/config/yaml-layer.ts";
import { openShards } from "../../src/data/shards/open-shards.ts";
import { ConfigError } from "../../src/errors.ts";
import { type DenoiserConfig, expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { BASE_COUNT } from "../../src/tokens/alphabet.ts";
import { absoluteData } from "../absolute-data.ts";
import { expectSplits } from "../expect-splits.ts";
import { isSetFile } from "../labelled/is-set-file.ts";
import { objectiveOf } from "../objective-of.ts";
import { expectRunKind } from "../run-folder/run-kind.ts";
import {
  type ArithmeticConfig,
  arithmeticOptions,
  type RunFolderConfig,
  runFolderOptions,
  seedOption,
} from "../shared-options.ts";
import { windowDifferences, windowLayer } from "../window-options.ts";
import { expectBlocks } from "./expect-blocks.ts";
import { expectObjectiveSettings } from "./expect-objective-settings.ts";
import {
  expectLabels,
  type LabelledWindowsConfig,
  labelledWindowsOptions,
} from "./label-options.ts";
import {
  type DataConfig,
  dataOptions,
  type ModelConfig,
  modelOptions,
  type TrainConfig,
  trainOptions,
} from "./sections.ts";

export interface PretrainConfig extends RunFolderConfig, ArithmeticConfig {
  readonly preset: PresetName;
  readonly data: DataConfig;
  readonly model: ModelConfig;
  readonly labelled: LabelledWindowsConfig;
  readonly train: TrainConfig;
  readonly seed: number;
  /** Folder of shards to read the windows from, instead of the genome that they were made of. */
  readonly shards?: string;
  /** Threads that make batches ahead of training; absent, 2 for a genome on a server, else 0. */
  readonly workers?: number;
  /** Run folder whose weights training begins from. */
  readonly init?: string;
}

export const PRESET_NAMES = [
  "nano",
  "micro",
  "mini",
  "hg38-small",
  "mdlm-dna-stage1",
  "mdlm-dna-stage2",
  "demo",
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** What a caller in a program gives: any part of a configuration, null for off; times in milliseconds. */
export type PartialConfig<C> = {
  readonly [K in keyof C]?: C[K] extends object ? PartialConfig<C[K]> : OffIsNull<C[K]>;
};
type OffIsNull<T> = undefined extends T ? T | null : T;

export const pretrainOptions: OptionTable<PretrainConfig> = {
  preset: {
    type: choice(PRESET_NAMES),
    default: "nano",
    flag: "--preset",
    help: "model and training in one word; flags and YAML go over it",
  },
  data: dataOptions,
  model: {
    ...modelOptions,
    blockLength: { ...modelOptions.blockLength, flag: "--block-length" },
  },
  labelled: labelledWindowsOptions,
  train: trainOptions,
  seed: seedOption,
  ...arithmeticOptions,
  shards: {
    type: text("FOLDER"),
    default: undefined,
    flag: "--shards",
    isRecorded: false,
    help: "read windows that gdiff data prepare wrote; replaces --genome and --fasta",
  },
  workers: {
    type: wholeNumber(64),
    default: undefined,
    flag: "--workers",
    isRecorded: false,
    help: "threads that make batches ahead of training; without it 2 for a genome on a server, 1 for one in a file",
  },
  init: {
    type: text("RUN"),
    default: undefined,
    flag: "--init",
    help: "start from the weights of another run; --resume prefers its own",
  },
  ...runFolderOptions,
};

const FLAT = flattenOptions(pretrainOptions);

/**
 * Returns the configuration that the layers make, the last on top; below them lie, from the bottom, the defaults, the preset,
 * and with `resume` the config.yaml of the run.
 *
 * @throws {ConfigError} when values do not go together
 * @throws {FileError} when the run's config.yaml cannot be read
 */
export async function resolvePretrain(layers: readonly ConfigLayer[]): Promise<PretrainConfig> {
  const asked = resolveConfig(pretrainOptions, layers);
  const run = asked.resume && asked.out !== undefined ? await runLayer(asked.out) : new Map();
  if (run.size === 0) expectBeginning(asked);
  const { preset } = resolveConfig(pretrainOptions, [run, ...layers]);
  if (run.has("preset") && run.get("preset") !== preset) {
    throw new ConfigError(
      `expected preset ${run.get("preset")}, which ${asked.out} was made with, got ${preset}`,
    );
  }
  const whole = await readPreset("pretrain", preset, FLAT);
  const presetLayer = forObjective(whole, resolveConfig(pretrainOptions, [whole, run, ...layers]));
  if (asked.shards === undefined) {
    const config = withObjective(resolveConfig(pretrainOptions, [presetLayer, run, ...layers]));
    checkPretrain(config);
    return withAbsolutePaths(config);
  }
  const shards = resolve(asked.shards);
  expectNoSource(layers, shards);
  const { manifest } = await openShards(shards);
  const prepared = windowLayer(manifest, shards);
  const config = {
    ...withAbsolutePaths(
      withObjective(resolveConfig(pretrainOptions, [presetLayer, prepared, run, ...layers])),
    ),
    shards,
  };
  checkPretrain(config);
  const differences = windowDifferences(manifest, config, shards);
  if (differences.length === 0) return config;
  throw new ConfigError(
    `${shards} was prepared with other windows: ${differences.join("; ")} ` +
      "(leave them out, or prepare another folder)",
  );
}

/** Going on from nothing begins a run, which wants all that a run does. */
function expectBeginning({ resume, out, data, labelled, shards }: PretrainConfig): void {
  const source = data.genome ?? data.fasta ?? labelled.labels ?? shards;
  if (!resume || out === undefined || source !== undefined) return;
  throw new ConfigError(
    `expected a run at ${out} to go on with, got no config.yaml there (with --genome or --fasta it begins one)`,
  );
}

/** A preset says how masked models are trained: what the objective that was asked for does not have is left out of it. */
function forObjective(preset: ConfigLayer, config: PretrainConfig): ConfigLayer {
  const { hasMaskWarmup, noises } = objectiveOf(config).settings;
  const foreign = [
    ...(hasMaskWarmup ? [] : ["train.maskWarmup"]),
    ...(noises.some((noise) => noise === preset.get("train.noise")) ? [] : ["train.noise"]),
  ];
  return new Map([...preset].filter(([key]) => !foreign.includes(key)));
}

/** The genome is the shards' own. */
function expectNoSource(layers: readonly ConfigLayer[], shards: string): void {
  for (const name of ["genome", "fasta"]) {
    const value = layers.findLast((layer) => layer.has(`data.${name}`))?.get(`data.${name}`);
    if (value === undefined) continue;
    throw new ConfigError(
      `expected --shards or --${name}, got both: ${shards} and ${value} (shards know their genome)`,
    );
  }
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or values do not go together
 */
export async function pretrainConfig(part: PartialConfig<PretrainConfig>): Promise<PretrainConfig> {
  return resolvePretrain([mappingLayer(part, "pretrainConfig", FLAT, "check")]);
}

/**
 * Returns the configuration that a run folder was made with.
 *
 * @throws {FileError | ConfigError} when its config.yaml is missing or is not one
 * @throws {RunFolderError} when another command made it
 */
export async function readRunConfig(run: string): Promise<PretrainConfig> {
  await expectRunKind(run, "pretrain");
  return resolveConfig(pretrainOptions, [await readYamlLayer(join(run, "config.yaml"), FLAT)]);
}

/** A folder without config.yaml has nothing to go on from; what that means is the pipeline's to say. */
async function runLayer(run: string): Promise<ConfigLayer> {
  const file = join(run, "config.yaml");
  if (!existsSync(file)) return new Map();
  await expectRunKind(run, "pretrain");
  return readYamlLayer(file, FLAT);
}

/** What a position sees, whether the network is told noise and the columns of its head are the objective's. */
function withObjective(config: PretrainConfig): PretrainConfig {
  const { attention, blockLength, isToldNoise, headWidth } = objectiveOf(config);
  const {
    attention: askedAttention,
    blockLength: askedBlock,
    isToldNoise: askedNoise,
    headWidth: askedWidth,
    ...model
  } = config.model;
  expectOfObjective(config, "attention", attention, askedAttention);
  expectOfObjective(config, "blockLength", blockLength, askedBlock);
  expectOfObjective(config, "isToldNoise", isToldNoise, askedNoise);
  expectOfObjective(config, "headWidth", headWidth, askedWidth);
  return {
    ...config,
    model: {
      ...model,
      ...(attention === "full" ? {} : { attention }),
      ...(blockLength === undefined ? {} : { blockLength }),
      ...(isToldNoise ? { isToldNoise } : {}),
      ...(headWidth === BASE_COUNT ? {} : { headWidth }),
    },
  };
}

function expectOfObjective<K extends keyof DenoiserConfig>(
  { train }: PretrainConfig,
  key: K,
  own: DenoiserConfig[K],
  asked: DenoiserConfig[K],
): void {
  if (asked === undefined || asked === own) return;
  throw new ConfigError(
    `expected model.${key} of ${own ?? "none"} with train.objective ${train.objective}, got ${asked}`,
  );
}

/** A run is used from any folder: what it names is recorded from the root. */
function withAbsolutePaths({ data, labelled, init, ...config }: PretrainConfig): PretrainConfig {
  const { labels } = labelled;
  return {
    ...config,
    labelled:
      labels !== undefined && isSetFile(labels)
        ? { ...labelled, labels: resolve(labels) }
        : labelled,
    data: absoluteData(data),
    ...(init === undefined ? {} : { init: resolve(init) }),
  };
}

function checkPretrain({ data, labelled, model, train, ...config }: PretrainConfig): void {
  if (labelled.labels === undefined) expectSplits(data);
  else expectLabels(labelled.labels, data, config.shards);
  expectDenoiserConfig(model);
  expectObjectiveSettings(train, objectiveOf({ model, train }).settings);
  if (train.attentionAnnealing > 0 && (model.attention ?? "full") !== "full") {
    throw new ConfigError(
      `expected train.attentionAnnealing of 0 with train.objective ${train.objective}, whose positions do not see all, got ${train.attentionAnnealing}`,
    );
  }
  expectBlocks(model, data, train);
  if (config.resume && config.out === undefined) {
    throw new ConfigError("expected --out with --resume, the run folder to go on with");
  }
}
