/** What `gdiff generate` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import type { PartialConfig } from "../pretrain/options.ts";
import {
  type ArithmeticConfig,
  arithmeticOptions,
  READ_STRANDS,
  type ReadStrand,
  seedOption,
} from "../shared-options.ts";
import { checkMethod } from "./check-method.ts";
import { type ClassConfig, classOptions, expectClass } from "./class-options.ts";
import { type ConstraintConfig, constraintOptions } from "./constraints/options.ts";
import { type SampleConfig, sampleOptions } from "./sample-options.ts";

export interface GenerateConfig extends ClassConfig, ArithmeticConfig {
  /** Run folder. */
  readonly run: string;
  readonly sample: SampleConfig;
  /** FASTA whose N are filled in. */
  readonly prompt?: string;
  readonly constraints: ConstraintConfig;
  /** Whether logits are the mean of both strands, at twice the cost. */
  readonly strand: ReadStrand;
  /** Monte Carlo draws of each sequence's bound, where its likelihood is not exact; absent says neither. */
  readonly nelbo?: number;
  /** FASTA to write instead of stdout. */
  readonly out?: string;
  readonly seed: number;
}

export const generateOptions: OptionTable<GenerateConfig> = {
  run: { type: text("RUN"), required: "RUN, the folder of a run", help: "the folder of a run" },
  sample: sampleOptions,
  ...classOptions,
  prompt: {
    type: text("FILE"),
    default: undefined,
    flag: "--prompt",
    help: "FASTA whose N and - are filled in, the rest kept",
  },
  constraints: constraintOptions,
  strand: {
    type: choice(READ_STRANDS),
    default: "forward",
    flag: "--strand",
    help: "average: the mean of both strands' logits a call, at twice the cost",
  },
  nelbo: {
    type: positiveInteger(65_536),
    default: undefined,
    unit: "draws",
    flag: "--nelbo",
    help: "say each sequence's bits per base under the run: exact (ar), or a bound by so many Monte Carlo draws with its standard error",
  },
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "FASTA to write, with a table beside it; what was cut there goes on; stdout without it",
  },
  seed: seedOption,
  ...arithmeticOptions,
};

const FLAT = flattenOptions(generateOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing, an option is given that the method does not take, or two that exclude each other
 */
export function resolveGenerate(layers: readonly ConfigLayer[]): GenerateConfig {
  const isGiven = (key: string): boolean => layers.some((layer) => layer.get(key) !== undefined);
  if (isGiven("prompt") && isGiven("sample.length")) {
    throw new ConfigError("expected --prompt or --length, got both: a prompt has its own length");
  }
  const config = resolveConfig(generateOptions, layers);
  const { method } = config.sample; // where none was asked for, the run says which it is
  if (method !== undefined) checkMethod({ ...config.sample, method });
  expectClass(config);
  if (config.nelbo !== undefined && config.sample.stride !== undefined) {
    throw new ConfigError(
      "expected --nelbo or --stride, got both: the bound is of a sequence that the model's window holds",
    );
  }
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN is missing
 */
export function generateConfig(part: PartialConfig<GenerateConfig>): GenerateConfig {
  return resolveGenerate([mappingLayer(part, "generateConfig", FLAT, "check")]);
}
