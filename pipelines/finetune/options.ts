/** What `gdiff finetune` can be told. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, text } from "../../src/config/value-types.ts";
import { readYamlLayer } from "../../src/config/yaml-layer.ts";
import { ConfigError } from "../../src/errors.ts";
import { isUrl } from "../../src/util/http/remote-url.ts";
import { BACKBONE_KEYS, backboneLayer } from "../backbone-layer.ts";
import {
  type PartialConfig,
  PRESET_NAMES,
  type PresetName,
  pretrainConfig,
  readRunConfig,
} from "../pretrain/options.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { expectRunKind } from "../run-folder/run-kind.ts";
import {
  type ArithmeticConfig,
  arithmeticOptions,
  type RunFolderConfig,
  runFolderOptions,
  seedOption,
} from "../shared-options.ts";
import { checkFinetune } from "./check-options.ts";
import {
  type ClassifierSection,
  classifierOptions,
  type FinetuneTrainConfig,
  finetuneTrainOptions,
  type LabelledDataConfig,
  labelledDataOptions,
} from "./sections.ts";

export interface FinetuneConfig extends RunFolderConfig, ArithmeticConfig {
  /** Pretrained run whose weights training begins from; this or `fromScratch`. */
  readonly run?: string;
  /** Preset of pretraining whose network begins with fresh weights, or the benchmark's own network. */
  readonly fromScratch?: ScratchNetwork;
  readonly preset: FinetunePreset;
  readonly data: LabelledDataConfig;
  readonly model: ClassifierSection;
  readonly train: FinetuneTrainConfig;
  readonly seed: number;
}

/** The convolutional network of the Genomic Benchmarks. */
export const BENCHMARK_CNN = "benchmark-cnn";
type ScratchNetwork = PresetName | typeof BENCHMARK_CNN;

const FINETUNE_PRESETS = ["default", "genomic-benchmarks-caduceus", "linear-probe"] as const;
export type FinetunePreset = (typeof FINETUNE_PRESETS)[number];

export const finetuneOptions: OptionTable<FinetuneConfig> = {
  run: {
    type: text("RUN"),
    default: undefined,
    help: "the pretrained run to begin from; this or --from-scratch",
  },
  fromScratch: {
    type: choice([...PRESET_NAMES, BENCHMARK_CNN]),
    default: undefined,
    flag: "--from-scratch",
    help: "begin from fresh weights of a pretraining preset's network, or of the benchmark's own",
  },
  preset: {
    type: choice(FINETUNE_PRESETS),
    default: "default",
    flag: "--preset",
    help: "training in one word; flags and YAML go over it",
  },
  data: labelledDataOptions,
  model: classifierOptions,
  train: finetuneTrainOptions,
  seed: seedOption,
  ...arithmeticOptions,
  ...runFolderOptions,
};

const FLAT = flattenOptions(finetuneOptions);

/**
 * Returns the configuration that the layers make, the last on top; below them lie, from the bottom, the defaults, the
 * network that training begins from, the preset, and with `resume` the config.yaml of the run.
 *
 * @throws {ConfigError} when values do not go together
 * @throws {FileError} when a config.yaml cannot be read
 * @throws {RunFolderError} when a folder is no run, or another command's
 */
export async function resolveFinetune(layers: readonly ConfigLayer[]): Promise<FinetuneConfig> {
  const asked = resolveConfig(finetuneOptions, layers);
  const own = asked.resume && asked.out !== undefined ? await runLayer(asked.out) : new Map();
  const named = resolveConfig(finetuneOptions, [own, ...layers]);
  const preset = await readPreset("finetune", named.preset, FLAT);
  const network = await networkLayer(named, layers);
  const config = resolveConfig(finetuneOptions, [preset, network, own, ...layers]);
  checkFinetune(config, BENCHMARK_CNN);
  return withAbsolutePaths(config);
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or values do not go together
 */
export async function finetuneConfig(part: PartialConfig<FinetuneConfig>): Promise<FinetuneConfig> {
  return resolveFinetune([mappingLayer(part, "finetuneConfig", FLAT, "check")]);
}

/**
 * Returns the configuration that a run folder was made with.
 *
 * @throws {FileError | ConfigError} when its config.yaml is missing or is not one
 * @throws {RunFolderError} when another command made it
 */
export async function readFinetuneConfig(run: string): Promise<FinetuneConfig> {
  await expectRunKind(run, "finetune");
  return resolveConfig(finetuneOptions, [await readYamlLayer(join(run, "config.yaml"), FLAT)]);
}

/** The size of the network that training begins from. */
async function networkLayer(
  { run, fromScratch, resume, out }: FinetuneConfig,
  layers: readonly ConfigLayer[],
): Promise<ConfigLayer> {
  const asked = BACKBONE_KEYS.find((key) => layers.some((layer) => layer.has(key)));
  if (run !== undefined && fromScratch !== undefined) {
    throw new ConfigError(
      `expected RUN or --from-scratch, got both: ${run} and ${fromScratch} (a run brings its own network)`,
    );
  }
  if (run !== undefined) {
    if (asked !== undefined) {
      throw new ConfigError(`expected ${asked} to be left out, which ${run} decides`);
    }
    expectRunFolder(run, "pretrain");
    return backboneLayer((await readRunConfig(run)).model);
  }
  if (fromScratch === undefined) {
    if (resume && out !== undefined) expectRunFolder(out, "finetune"); // whose config.yaml would have one
    throw new ConfigError(
      "expected RUN, the folder of a pretrained run, or --from-scratch PRESET, got neither",
    );
  }
  if (fromScratch === BENCHMARK_CNN) return new Map();
  return backboneLayer(
    (await pretrainConfig({ preset: fromScratch, data: { genome: "demo" } })).model,
  );
}

/** A folder without config.yaml has nothing to go on from, which is an error only where nothing else says how to begin. */
async function runLayer(run: string): Promise<ConfigLayer> {
  const file = join(run, "config.yaml");
  if (!existsSync(file)) return new Map();
  await expectRunKind(run, "finetune");
  return readYamlLayer(file, FLAT);
}

/** A run is used from any folder: what it names is recorded from the root. */
function withAbsolutePaths({ data, run, ...config }: FinetuneConfig): FinetuneConfig {
  const absolute = Object.fromEntries(
    (["benchmarks", "fasta", "train", "valid", "test"] as const).flatMap((key) => {
      const path = data[key];
      return path === undefined ? [] : [[key, isUrl(path) ? path : resolve(path)] as const];
    }),
  );
  return {
    ...config,
    ...(run === undefined ? {} : { run: resolve(run) }),
    data: { ...data, ...absolute },
  };
}
