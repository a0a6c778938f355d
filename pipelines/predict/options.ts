/** What `gdiff predict` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, text } from "../../src/config/value-types.ts";
import type { PartialConfig } from "../pretrain/options.ts";
import {
  expectOneSource,
  type SequenceDataConfig,
  sequenceDataOptions,
} from "../sequences/options.ts";
import {
  type ArithmeticConfig,
  arithmeticOptions,
  READ_STRANDS,
  type ReadStrand,
} from "../shared-options.ts";

export interface PredictConfig extends ArithmeticConfig {
  /** Folder of a fine-tuned run. */
  readonly run: string;
  readonly data: SequenceDataConfig;
  /** Absent is as the run predicted its own test. */
  readonly strand?: ReadStrand;
  /** Most tokens of a forward pass; absent is as the run was trained. */
  readonly tokens?: number;
  /** Table to write instead of TSV on stdout; the extension says the format. */
  readonly out?: string;
}

export const predictOptions: OptionTable<PredictConfig> = {
  run: {
    type: text("RUN"),
    required: "RUN, the folder of a fine-tuned run",
    help: "the folder of a fine-tuned run",
  },
  data: sequenceDataOptions,
  strand: {
    type: choice(READ_STRANDS),
    default: undefined,
    flag: "--strand",
    help: "average: the logits of both strands; without it as the run was trained",
  },
  tokens: {
    type: positiveInteger(),
    default: undefined,
    unit: "bases",
    flag: "--tokens",
    help: "most in one forward pass, padding among them; without it as the run was trained",
  },
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "table to write: X.tsv, X.arrow or X.parquet; TSV on stdout without it",
  },
  ...arithmeticOptions,
};

const FLAT = flattenOptions(predictOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing, or not exactly one source of sequences is given
 */
export function resolvePredict(layers: readonly ConfigLayer[]): PredictConfig {
  const config = resolveConfig(predictOptions, layers);
  expectOneSource(config.data);
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN or the sequences are missing
 */
export function predictConfig(part: PartialConfig<PredictConfig>): PredictConfig {
  return resolvePredict([mappingLayer(part, "predictConfig", FLAT, "check")]);
}
