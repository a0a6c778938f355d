/** What `gdiff demo` can be told: all that pretraining and generation can, most of it by `--set` only. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable, withoutFlags } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { defaultSampler } from "../../src/sampling/samplers-of.ts";
import { checkMethod } from "../generate/check-method.ts";
import { type SampleConfig, sampleOptions } from "../generate/sample-options.ts";
import type { PartialConfig } from "../pretrain/options.ts";
import {
  type DataConfig,
  dataOptions,
  type ModelConfig,
  modelOptions,
  type TrainConfig,
  trainOptions,
} from "../pretrain/sections.ts";
import { type ArithmeticConfig, arithmeticOptions, seedOption } from "../shared-options.ts";

/** The preset of `gdiff pretrain` that the demo trains with. */
export const DEMO_PRESET = "demo";

export interface DemoConfig extends ArithmeticConfig {
  readonly data: DataConfig;
  readonly model: ModelConfig;
  readonly train: TrainConfig;
  readonly sample: SampleConfig;
  /** Run folder to make. */
  readonly out?: string;
  readonly seed: number;
}

export const demoOptions: OptionTable<DemoConfig> = {
  out: {
    type: text("RUN"),
    default: undefined,
    flag: "--out",
    help: "the run folder to make",
  },
  data: withoutFlags(dataOptions),
  model: modelOptions,
  train: { ...withoutFlags(trainOptions), steps: { ...trainOptions.steps, isPreset: true } },
  sample: { ...withoutFlags(sampleOptions), count: sampleOptions.count },
  seed: seedOption,
  ...arithmeticOptions,
};

const FLAT = flattenOptions(demoOptions);

/** Keys that would name other data than the demo's, whose truth is known. */
const OTHER_DATA = ["genome", "fasta", "train", "valid", "test", "bed", "exclude"].map(
  (key) => `data.${key}`,
);

/**
 * Returns the configuration that the layers make over the demo preset, the last on top.
 *
 * @throws {ConfigError} when other data are named, or an option of sampling that the method does not take
 * @throws {ConfigError | FileError} when the installed preset is missing or damaged
 */
export async function resolveDemo(layers: readonly ConfigLayer[]): Promise<DemoConfig> {
  const other = OTHER_DATA.find((key) => layers.some((layer) => layer.get(key) !== undefined));
  if (other !== undefined) {
    throw new ConfigError(
      `expected no ${other}: gdiff demo runs on the built-in genome (gdiff pretrain takes another)`,
    );
  }
  const preset = await readPreset("pretrain", DEMO_PRESET, FLAT);
  const genome: ConfigLayer = new Map([["data.genome", "demo"]]);
  const config = resolveConfig(demoOptions, [genome, preset, ...layers]);
  const { method = defaultSampler(config.train.objective) } = config.sample;
  checkMethod({ ...config.sample, method });
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown or a value is refused
 */
export async function demoConfig(part: PartialConfig<DemoConfig> = {}): Promise<DemoConfig> {
  return resolveDemo([mappingLayer(part, "demoConfig", FLAT, "check")]);
}
