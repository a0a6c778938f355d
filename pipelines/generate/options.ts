/** What `gdiff generate` can be told. */

import type { Precision } from "../../src/backends/precision.ts";
import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, nonNegativeNumber, positiveInteger, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { SAMPLER_NAMES, type SamplerName } from "../../src/sampling/samplers-of.ts";
import type { PartialConfig } from "../pretrain/options.ts";
import {
  type BackendChoice,
  backendOption,
  precisionOption,
  seedOption,
} from "../shared-options.ts";

export interface SampleConfig {
  /** Sequences; with a prompt, sequences a record. */
  readonly count: number;
  /** Bases; absent is the window that the model was trained on. */
  readonly length?: number;
  /** Network evaluations a sequence; absent is one a base. */
  readonly calls?: number;
  /** Divides the logits. */
  readonly temperature: number;
  readonly method: SamplerName;
  /** Sequences in one forward pass. */
  readonly batchSize: number;
}

export interface GenerateConfig {
  /** Run folder. */
  readonly run: string;
  readonly sample: SampleConfig;
  /** FASTA whose N are filled in. */
  readonly prompt?: string;
  /** FASTA to write instead of stdout. */
  readonly out?: string;
  readonly seed: number;
  readonly backend: BackendChoice;
  /** Of products; absent is the best of the backend. */
  readonly precision?: Precision;
}

export const sampleOptions: OptionTable<SampleConfig> = {
  count: {
    type: positiveInteger(),
    default: 8,
    flag: "--count",
    help: "sequences to generate; with --prompt, sequences a record",
  },
  length: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    flag: "--length",
    help: "the model's window without it",
  },
  calls: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    flag: "--calls",
    help: "network evaluations a sequence; one a base without it",
  },
  temperature: {
    type: nonNegativeNumber(),
    default: 1,
    flag: "--temperature",
    help: "below 1 sharpens, above 1 flattens; 0 takes the likeliest base",
  },
  method: {
    type: choice(SAMPLER_NAMES),
    default: "random-order",
    flag: "--method",
    help: "which bases each call unmasks",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 16,
    unit: "sequences",
    flag: "--batch-size",
    help: "in one forward pass",
  },
};

export const generateOptions: OptionTable<GenerateConfig> = {
  run: { type: text("RUN"), required: "RUN, the folder of a run", help: "the folder of a run" },
  sample: sampleOptions,
  prompt: {
    type: text("FILE"),
    default: undefined,
    flag: "--prompt",
    help: "FASTA whose N and - are filled in, the rest kept",
  },
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "FASTA to write; stdout without it",
  },
  seed: seedOption,
  backend: backendOption,
  precision: precisionOption,
};

const FLAT = flattenOptions(generateOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing, or a length is given beside a prompt
 */
export function resolveGenerate(layers: readonly ConfigLayer[]): GenerateConfig {
  const isGiven = (key: string): boolean => layers.some((layer) => layer.get(key) !== undefined);
  if (isGiven("prompt") && isGiven("sample.length")) {
    throw new ConfigError("expected --prompt or --length, got both: a prompt has its own length");
  }
  return resolveConfig(generateOptions, layers);
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN is missing
 */
export function generateConfig(part: PartialConfig<GenerateConfig>): GenerateConfig {
  return resolveGenerate([mappingLayer(part, "generateConfig", FLAT, "check")]);
}
