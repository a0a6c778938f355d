/** What `gdiff embed` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, text, yesOrNo } from "../../src/config/value-types.ts";
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

export interface EmbedConfig extends ArithmeticConfig {
  /** Folder of a pretrained or a fine-tuned run. */
  readonly run: string;
  readonly data: SequenceDataConfig;
  /** A row a base instead of a row a sequence. */
  readonly perBase: boolean;
  readonly strand: ReadStrand;
  /** Most tokens of a forward pass. */
  readonly tokens: number;
  /** Table to write instead of TSV on stdout; the extension says the format. */
  readonly out?: string;
}

export const embedOptions: OptionTable<EmbedConfig> = {
  run: {
    type: text("RUN"),
    required: "RUN, the folder of a run",
    help: "the folder of a pretrained or a fine-tuned run",
  },
  data: sequenceDataOptions,
  perBase: {
    type: yesOrNo(),
    default: false,
    flag: "--per-base",
    help: "a row a base, instead of the mean over a sequence's bases",
  },
  strand: {
    type: choice(READ_STRANDS),
    default: "forward",
    flag: "--strand",
    help: "average: the mean of both strands, of a base at the base itself",
  },
  tokens: {
    type: positiveInteger(),
    default: 16_384,
    unit: "bases",
    flag: "--tokens",
    help: "most in one forward pass, padding among them",
  },
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "table to write: X.arrow, X.parquet or X.tsv; TSV on stdout without it",
  },
  ...arithmeticOptions,
};

const FLAT = flattenOptions(embedOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing, or not exactly one source of sequences is given
 */
export function resolveEmbed(layers: readonly ConfigLayer[]): EmbedConfig {
  const config = resolveConfig(embedOptions, layers);
  expectOneSource(config.data);
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN or the sequences are missing
 */
export function embedConfig(part: PartialConfig<EmbedConfig>): EmbedConfig {
  return resolveEmbed([mappingLayer(part, "embedConfig", FLAT, "check")]);
}
