/** What `gdiff benchmark` can be told. */

import { resolve } from "node:path";
import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { commaList } from "../../src/config/list-type.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, positiveNumber, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { isUrl } from "../../src/util/http/remote-url.ts";
import { BACKBONE_KEYS, backboneLayer } from "../backbone-layer.ts";
import { type FinetunePreset, finetuneOptions } from "../finetune/options.ts";
import {
  type ClassifierSection,
  classifierOptions,
  type FinetuneTrainConfig,
  finetuneTrainOptions,
  type LabelledDataConfig,
  labelledDataOptions,
} from "../finetune/sections.ts";
import { isSetFile } from "../labelled/is-set-file.ts";
import {
  type PartialConfig,
  PRESET_NAMES,
  type PresetName,
  pretrainConfig,
  readRunConfig,
} from "../pretrain/options.ts";
import { type ArithmeticConfig, arithmeticOptions, dryRunOption } from "../shared-options.ts";
import { checkBenchmark } from "./check-options.ts";
import { MODEL_NAMES, type ModelName } from "./models.ts";

/** A probe has no fresh network beside it. */
type BenchmarkPreset = Exclude<FinetunePreset, "linear-probe">;
const BENCHMARK_PRESETS: readonly BenchmarkPreset[] = ["default", "genomic-benchmarks-caduceus"];

/** How sets are read and split; which they are is in `sets`. */
type BenchmarkDataConfig = Omit<
  LabelledDataConfig,
  "set" | "train" | "valid" | "test" | "groupColumn"
>;
/** What all trials of a network share. */
type BenchmarkTrainConfig = Omit<FinetuneTrainConfig, "lr" | "batchSize" | "maxTime">;

export interface BenchmarkConfig extends ArithmeticConfig {
  /** Pretrained run, which the model `tuned` begins from, and whose network `scratch` has. */
  readonly run?: string;
  /** Preset whose network `scratch` has where there is no `run`. */
  readonly fromScratch: PresetName;
  readonly preset: BenchmarkPreset;
  /** Names of the Genomic Benchmarks, `all` of them, or files. */
  readonly sets: readonly string[];
  /** Absent is all that there can be. */
  readonly models?: readonly ModelName[];
  /** Seeds 1 … `seeds`, each another split and other fresh weights. */
  readonly seeds: number;
  /** Every one with every batch size is a setting that is tried. */
  readonly lr: readonly number[];
  readonly batch: readonly number[];
  readonly data: BenchmarkDataConfig;
  readonly model: ClassifierSection;
  readonly train: BenchmarkTrainConfig;
  /** Processes that train at once. */
  readonly jobs: number;
  /** Folder of trials, data and the report; one that is there is gone on with. */
  readonly out: string;
  /** Report what would run, and stop. */
  readonly dryRun: boolean;
}

const {
  set: _set,
  train: _train,
  valid: _valid,
  test: _test,
  groupColumn: _groupColumn,
  ...dataTable
} = labelledDataOptions;
const { lr: _lr, batchSize: _batch, maxTime: _time, ...trainTable } = finetuneTrainOptions;

export const benchmarkOptions: OptionTable<BenchmarkConfig> = {
  run: {
    type: text("RUN"),
    default: undefined,
    help: "the pretrained run that is tuned; without it networks begin from fresh weights",
  },
  fromScratch: {
    type: choice(PRESET_NAMES),
    default: "nano",
    flag: "--from-scratch",
    help: "whose network begins from fresh weights, where there is no RUN",
  },
  preset: {
    type: choice(BENCHMARK_PRESETS),
    default: "default",
    flag: "--preset",
    help: "training and what is tried, in one word; flags and YAML go over it",
  },
  sets: {
    type: commaList(text("NAME"), "NAME|FILE,..."),
    required: "--sets, all or names of the Genomic Benchmarks, or files of labelled sequences",
    flag: "--sets",
    help: "all, names of the Genomic Benchmarks, or files, which are split by seed",
  },
  models: {
    type: commaList(choice(MODEL_NAMES), "NAME,..."),
    default: undefined,
    flag: "--models",
    help: `which of ${MODEL_NAMES.join(", ")}; without it all`,
  },
  seeds: {
    type: positiveInteger(1000),
    default: 5,
    flag: "--seeds",
    help: "seeds 1, 2, …: each draws its parts and fresh weights",
  },
  lr: {
    type: commaList(positiveNumber(), "X,..."),
    default: [1e-3],
    isPreset: true,
    flag: "--lr",
    help: "peak learning rates to try; the best on validation is taken",
  },
  batch: {
    type: commaList(positiveInteger(1_000_000), "N,..."),
    default: [64],
    isPreset: true,
    unit: "sequences",
    flag: "--batch",
    help: "in one optimiser update, to try with each",
  },
  data: {
    ...dataTable,
    genome: {
      ...labelledDataOptions.genome,
      help: "what the intervals of every set lie on, instead of what each names",
    },
    validShare: {
      ...labelledDataOptions.validShare,
      help: "share of the training sequences that validates",
    },
    testShare: {
      ...labelledDataOptions.testShare,
      default: 0.1,
      help: "share of a file's sequences that tests; sets by name have their own test",
    },
  },
  model: classifierOptions,
  train: trainTable,
  jobs: {
    type: positiveInteger(1024),
    default: 1,
    flag: "--jobs",
    isRecorded: false,
    help: "processes that train at once; they share the threads",
  },
  ...arithmeticOptions,
  out: {
    type: text("FOLDER"),
    required: "--out FOLDER, where trials, data and the report go",
    flag: "--out",
    isRecorded: false,
    help: "where trials, data and the report go; the same command goes on there",
  },
  dryRun: dryRunOption,
};

const FLAT = flattenOptions(benchmarkOptions);

/**
 * Returns the configuration that the layers make, the last on top; below them lie, from the bottom, the defaults, those of
 * the preset in fine-tuning, the benchmark's own of that name, and the size of the network.
 *
 * @throws {ConfigError} when values do not go together
 * @throws {FileError} when the run's config.yaml cannot be read
 */
export async function resolveBenchmark(layers: readonly ConfigLayer[]): Promise<BenchmarkConfig> {
  const named = resolveConfig(benchmarkOptions, layers);
  const below = [...(await layersOfPreset(named.preset)), await networkLayer(named, layers)];
  const config = resolveConfig(benchmarkOptions, [...below, ...layers]);
  checkBenchmark(config);
  return withAbsolutePaths(config);
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or values do not go together
 */
export async function benchmarkConfig(
  part: PartialConfig<BenchmarkConfig>,
): Promise<BenchmarkConfig> {
  return resolveBenchmark([mappingLayer(part, "benchmarkConfig", FLAT, "check")]);
}

/** What a preset says, above the defaults. */
export async function layersOfPreset(preset: BenchmarkPreset): Promise<readonly ConfigLayer[]> {
  return [await finetuneLayer(preset), await readPreset("benchmark", preset, FLAT)];
}

/** A preset of `gdiff finetune`; its one setting is the grid where nobody gives another. */
async function finetuneLayer(preset: FinetunePreset): Promise<ConfigLayer> {
  const layer = await readPreset("finetune", preset, flattenOptions(finetuneOptions));
  const { train } = resolveConfig(finetuneOptions, [layer]);
  const shared = [...layer].filter(([key]) => FLAT.has(key));
  return new Map<string, unknown>([...shared, ["lr", [train.lr]], ["batch", [train.batchSize]]]);
}

/** The size of the networks that begin from fresh weights: that of the run, so that pretraining alone tells them apart. */
async function networkLayer(
  { run, fromScratch }: BenchmarkConfig,
  layers: readonly ConfigLayer[],
): Promise<ConfigLayer> {
  if (run === undefined) {
    return backboneLayer(
      (await pretrainConfig({ preset: fromScratch, data: { genome: "demo" } })).model,
    );
  }
  const decided = ["fromScratch", ...BACKBONE_KEYS];
  const asked = decided.find((key) => layers.some((layer) => layer.has(key)));
  if (asked === undefined) return backboneLayer((await readRunConfig(run)).model);
  const flag = asked === "fromScratch" ? "--from-scratch" : asked;
  throw new ConfigError(`expected ${flag} to be left out, which ${run} decides`);
}

/** A benchmark is gone on with from any folder: what it names is recorded from the root. */
function withAbsolutePaths({ data, run, out, sets, ...config }: BenchmarkConfig): BenchmarkConfig {
  const { benchmarks, fasta } = data;
  return {
    ...config,
    ...(run === undefined ? {} : { run: resolve(run) }),
    out: resolve(out),
    sets: sets.map((set) => (isSetFile(set) ? resolve(set) : set)),
    data: {
      ...data,
      ...(benchmarks === undefined ? {} : { benchmarks: resolve(benchmarks) }),
      ...(fasta === undefined ? {} : { fasta: isUrl(fasta) ? fasta : resolve(fasta) }),
    },
  };
}
