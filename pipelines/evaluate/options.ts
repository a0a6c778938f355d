/** What `gdiff evaluate` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { choice, positiveInteger, text, textList } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { type ArithmeticConfig, arithmeticOptions, seedOption } from "../shared-options.ts";

export interface EvaluateConfig extends ArithmeticConfig {
  /** Run folder. */
  readonly run: string;
  readonly split: SplitName;
  /** Monte Carlo draws a window. */
  readonly draws: number;
  /** Steps of discrete time, whose bound is estimated; absent is as the run was trained. */
  readonly timeSteps?: number;
  /** Windows to score; absent is all of the split. */
  readonly windows?: number;
  readonly batchSize: number;
  /** Another FASTA than the run's own. */
  readonly fasta?: string;
  /** Region texts, comma separated, instead of the split. */
  readonly region?: string;
  /** Files for one row a window; the extension says the format. */
  readonly table?: readonly string[];
  readonly seed: number;
}

const SPLIT_NAMES = ["train", "valid", "test"] as const;
type SplitName = (typeof SPLIT_NAMES)[number];

export const evaluateOptions: OptionTable<EvaluateConfig> = {
  run: { type: text("RUN"), required: "RUN, the folder of a run", help: "the folder of a run" },
  split: {
    type: choice(SPLIT_NAMES),
    default: "test",
    flag: "--split",
    help: "which windows of the run's genome",
  },
  draws: {
    type: positiveInteger(1_000_000),
    default: 8,
    flag: "--draws",
    help: "Monte Carlo draws a window; more draws, smaller standard error",
  },
  timeSteps: {
    type: positiveInteger(1_000_000),
    default: undefined,
    flag: "--time-steps",
    help: "of a run of mdlm or d3pm: the bound of the process in so many steps; without it as the run was trained",
  },
  windows: {
    type: positiveInteger(),
    default: undefined,
    flag: "--windows",
    help: "score this many windows; all without it",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 16,
    unit: "windows",
    flag: "--batch-size",
    help: "in one forward pass",
  },
  fasta: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--fasta",
    help: "score this FASTA instead of the run's own",
  },
  region: {
    type: text("REGIONS"),
    default: undefined,
    flag: "--region",
    help: "score these regions instead of a split: chr21:10,001-20,000",
  },
  table: {
    type: textList("FILE"),
    default: undefined,
    flag: "--table",
    help: "write a row a window to X.arrow, X.tsv or X.parquet; may be repeated",
  },
  seed: seedOption,
  ...arithmeticOptions,
};

const FLAT = flattenOptions(evaluateOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing, or a split is given beside regions or another FASTA
 */
export function resolveEvaluate(layers: readonly ConfigLayer[]): EvaluateConfig {
  const given = (key: string): boolean => layers.some((layer) => layer.get(key) !== undefined);
  const other = ["region", "fasta"].find(given);
  if (given("split") && other !== undefined) {
    throw new ConfigError(
      `expected --split or --${other}, got both: a split is of the run's own genome`,
    );
  }
  return resolveConfig(evaluateOptions, layers);
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN is missing
 */
export function evaluateConfig(part: Partial<EvaluateConfig>): EvaluateConfig {
  return resolveEvaluate([mappingLayer(part, "evaluateConfig", FLAT, "check")]);
}
