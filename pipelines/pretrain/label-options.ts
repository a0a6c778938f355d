/** What `gdiff pretrain --labels` can be told: windows of labelled sequences, whose class the network learns. */

import type { OptionTable } from "../../src/config/option-table.ts";
import { choice, decay, fraction, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";
import { isSetFile } from "../labelled/is-set-file.ts";
import { GROUP_RULES, type GroupRule } from "../labelled/labelled-parts.ts";
import type { SplitConfig } from "../split-options.ts";

export interface LabelledWindowsConfig {
  /** A file of labelled sequences, or one of the Genomic Benchmarks by name; absent, windows come from a genome. */
  readonly labels?: string;
  /** Columns of tables. */
  readonly sequenceColumn?: string;
  readonly labelColumn?: string;
  /** Share of the sequences that validates. */
  readonly validShare: number;
  readonly groups: GroupRule;
  /** Probability that a training window is shown without its class, which guidance needs. */
  readonly labelDropout: number;
}

export const labelledWindowsOptions: OptionTable<LabelledWindowsConfig> = {
  labels: {
    type: text("FILE|NAME"),
    default: undefined,
    flag: "--labels",
    help: "train on labelled sequences, told their classes: a table, or a Genomic Benchmark",
  },
  sequenceColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--sequence-column",
    help: "column of --labels' sequences; without it sequence, or what is called so elsewhere",
  },
  labelColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--label-column",
    help: "column of their classes; without it label",
  },
  validShare: { type: fraction(), default: 0.1, help: "share of --labels that validates" },
  groups: {
    type: choice(GROUP_RULES),
    default: "overlap",
    help: "overlap: no sequence that validates overlaps one that trains",
  },
  labelDropout: {
    type: decay(),
    default: 0.1,
    flag: "--label-dropout",
    help: "share of the windows shown without their class, for guidance",
  },
};

/** Options of a genome's splits, which labelled sequences have none of. */
const OF_REGIONS = [
  ...(["train", "valid", "test", "bed", "exclude"] as const),
] satisfies readonly (keyof SplitConfig)[];

/**
 * Checks what goes with `--labels`.
 *
 * @throws {ConfigError} when a genome's splits are named too, or a genome beside a file of sequences
 */
export function expectLabels(from: string, data: SplitConfig, shards: string | undefined): void {
  const stray = shards !== undefined ? "shards" : OF_REGIONS.find((key) => data[key] !== undefined);
  if (stray !== undefined) {
    throw new ConfigError(
      `expected --labels or --${stray}, got both: sequences of ${from} are split by share`,
    );
  }
  const genome = data.genome ?? data.fasta;
  if (isSetFile(from) && genome !== undefined) {
    throw new ConfigError(
      `expected --labels FILE without a genome, got ${from} and ${genome}: the file has the sequences`,
    );
  }
}
