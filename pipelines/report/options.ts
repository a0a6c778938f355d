/** What `gdiff report` can be told. */

import { type ConfigLayer, mappingLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { text, wholeNumber } from "../../src/config/value-types.ts";
import { type ArithmeticConfig, arithmeticOptions, seedOption } from "../shared-options.ts";

export interface ReportConfig extends ArithmeticConfig {
  /** Folder of a run. */
  readonly run: string;
  /** Of a pretraining run: windows of the test split that are scored; 0 leaves the evaluation out. */
  readonly windows: number;
  /** Of a pretraining run: sequences that are generated; 0 leaves them out. */
  readonly samples: number;
  /** What the page says of its day. */
  readonly date?: string;
  /** Page to write; absent is report.html in the run. */
  readonly out?: string;
  readonly seed: number;
}

export const reportOptions: OptionTable<ReportConfig> = {
  run: {
    type: text("RUN"),
    required: "RUN, the folder of a run",
    help: "the folder of a run, pretrained or fine-tuned",
  },
  windows: {
    type: wholeNumber(),
    default: 100,
    flag: "--windows",
    help: "windows of a pretraining run's test split to score; 0 leaves the evaluation out",
  },
  samples: {
    type: wholeNumber(1000),
    default: 8,
    flag: "--samples",
    help: "sequences that a pretraining run generates; 0 leaves them out",
  },
  date: {
    type: text("TEXT"),
    default: undefined,
    flag: "--date",
    help: "what the page says of its day; without it today",
  },
  out: {
    type: text("FILE"),
    default: undefined,
    flag: "--out",
    help: "page to write; RUN/report.html without it",
  },
  seed: seedOption,
  ...arithmeticOptions,
};

const FLAT = flattenOptions(reportOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when RUN is missing
 */
export function resolveReport(layers: readonly ConfigLayer[]): ReportConfig {
  return resolveConfig(reportOptions, layers);
}

/**
 * Returns the whole configuration for a part of it given by a program; without a date the page says none.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or RUN is missing
 */
export function reportConfig(part: Partial<ReportConfig>): ReportConfig {
  return resolveReport([mappingLayer(part, "reportConfig", FLAT, "check")]);
}
