/** What `gdiff compare` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { fraction, integerFrom, positiveInteger, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { type ArithmeticConfig, arithmeticOptions, seedOption } from "../shared-options.ts";

export interface CompareConfig extends ArithmeticConfig {
  /** Sequences to judge. */
  readonly generated: string;
  /** Real DNA that no model was trained on. */
  readonly reference: string;
  /** What the model was trained on. */
  readonly train?: string;
  /** Run whose embeddings are compared. */
  readonly run?: string;
  /** Motifs in MEME's format; absent are those of core promoters. */
  readonly motifs?: string;
  /** Of a motif's hit in a word of the background, at most. */
  readonly motifPValue: number;
  /** Sequences are cut into pieces of so many bases; absent they stay as they are. */
  readonly length?: number;
  /** Draws of a bootstrap. */
  readonly replicates: number;
  /** What the page says of its day. */
  readonly date?: string;
  /** Page to write, with a table and JSON beside it. */
  readonly report?: string;
  readonly seed: number;
}

export const compareOptions: OptionTable<CompareConfig> = {
  generated: {
    type: text("GENERATED"),
    required: "GENERATED, a file of sequences",
    help: "sequences to judge: FASTA, plain or gzip, or a table with a column sequence",
  },
  reference: {
    type: text("FILE"),
    required: "--reference, a file of real sequences",
    flag: "--reference",
    help: "real DNA that was not trained on, twice as many sequences",
  },
  train: {
    type: text("FILE"),
    default: undefined,
    flag: "--train",
    help: "what the model was trained on, FASTA or 2bit: how much of it comes back",
  },
  run: {
    type: text("RUN"),
    default: undefined,
    flag: "--run",
    help: "a run whose embeddings are compared",
  },
  motifs: {
    type: text("FILE"),
    default: undefined,
    flag: "--motifs",
    help: "motifs in MEME's format; without it elements of core promoters",
  },
  motifPValue: {
    type: fraction(),
    default: 1e-4,
    flag: "--motif-p",
    help: "chance of a motif's hit in a random word, at most",
  },
  length: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    flag: "--length",
    help: "cut sequences into pieces of so many, without N; the rest is left out",
  },
  replicates: {
    type: integerFrom(20, 100_000),
    default: 500,
    flag: "--replicates",
    help: "draws that intervals are made of",
  },
  date: {
    type: text("TEXT"),
    default: undefined,
    flag: "--date",
    help: "what the page says of its day; without it today",
  },
  report: {
    type: text("FILE"),
    default: undefined,
    flag: "--report",
    help: "page to write, X.html, with X.numbers.json and X.numbers.arrow beside it",
  },
  seed: seedOption,
  ...arithmeticOptions,
};

const FLAT = flattenOptions(compareOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when GENERATED or --reference is missing, or the page's name does not end in .html
 */
export function resolveCompare(layers: readonly ConfigLayer[]): CompareConfig {
  const config = resolveConfig(compareOptions, layers);
  const { report } = config;
  if (report !== undefined && !/\.html?$/i.test(report)) {
    throw new ConfigError(
      `expected --report to end in .html, got ${report} (a table and JSON come beside it)`,
    );
  }
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program; without a date the page says none.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or one that is needed is missing
 */
export function compareConfig(part: Partial<CompareConfig>): CompareConfig {
  return resolveCompare([mappingLayer(part, "compareConfig", FLAT, "check")]);
}
