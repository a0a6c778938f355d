/** What `gdiff data audit` can be told: a genome with its splits, or labelled sets. */

import { type ConfigLayer, mappingLayer } from "../../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../../src/config/option-table.ts";
import { resolveConfig } from "../../../src/config/resolve-config.ts";
import { textList } from "../../../src/config/value-types.ts";
import { ConfigError } from "../../../src/errors.ts";
import { expectSplits } from "../../expect-splits.ts";
import type { PartialConfig } from "../../pretrain/options.ts";
import { type SplitConfig, splitOptions } from "../../split-options.ts";

export interface AuditConfig {
  readonly data: SplitConfig;
  /** Folders of labelled sets; instead of a genome. */
  readonly intervals?: readonly string[];
  /** Files for the rows; the extension says the format. */
  readonly table?: readonly string[];
}

export const auditOptions: OptionTable<AuditConfig> = {
  intervals: {
    type: textList("FOLDER"),
    default: undefined,
    flag: "--intervals",
    help: "labelled sets by their interval files, train/CLASS.csv.gz and test/CLASS.csv.gz, or a folder of such; may be repeated",
  },
  table: {
    type: textList("FILE"),
    default: undefined,
    flag: "--table",
    help: "write the rows to X.arrow, X.tsv or X.parquet; may be repeated",
  },
  data: splitOptions,
};

const FLAT = flattenOptions(auditOptions);

/**
 * Returns the configuration that the layers make, the last on top.
 *
 * @throws {ConfigError} when neither or both of a genome and labelled sets are named, or values do not go together
 */
export function resolveAudit(layers: readonly ConfigLayer[]): AuditConfig {
  const config = resolveConfig(auditOptions, layers);
  if (config.intervals === undefined) {
    if (config.data.genome === undefined && config.data.fasta === undefined) {
      throw new ConfigError("expected --genome, --fasta or --intervals, got none of them");
    }
    expectSplits(config.data);
    return config;
  }
  const other = [...FLAT].find(
    ([key]) => key.startsWith("data.") && layers.some((layer) => layer.get(key) !== undefined),
  );
  if (other !== undefined) {
    throw new ConfigError(
      `expected --intervals or ${other[1].flag ?? other[0]}, got both: labelled sets are looked at without a genome`,
    );
  }
  return config;
}

/**
 * Returns the whole configuration for a part of it given by a program.
 *
 * @throws {ConfigError} when a key is unknown, a value is refused, or values do not go together
 */
export function auditConfig(part: PartialConfig<AuditConfig>): AuditConfig {
  return resolveAudit([mappingLayer(part, "auditConfig", FLAT, "check")]);
}
