/** Where `gdiff predict` and `gdiff embed` have their sequences from. */

import type { OptionTable } from "../../src/config/option-table.ts";
import { text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";

export interface SequenceDataConfig {
  /** Table or FASTA of sequences; this or `bed`. */
  readonly file?: string;
  /** Columns of tables. */
  readonly sequenceColumn?: string;
  readonly labelColumn?: string;
  /** Intervals of `genome` or `fasta`. */
  readonly bed?: string;
  readonly genome?: string;
  readonly fasta?: string;
}

export const sequenceDataOptions: OptionTable<SequenceDataConfig> = {
  file: {
    type: text("FILE"),
    default: undefined,
    help: "sequences: FASTA, CSV or TSV (plain or gzip), Arrow or Parquet; this or --bed",
  },
  sequenceColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--sequence-column",
    help: "column of the sequences in tables; without it sequence",
  },
  labelColumn: {
    type: text("NAME"),
    default: undefined,
    flag: "--label-column",
    help: "column of the labels in tables; without it label, where there is one",
  },
  bed: {
    type: text("FILE"),
    default: undefined,
    flag: "--bed",
    help: "BED of intervals of --genome or --fasta; column 4 their ids, column 6 their strand",
  },
  genome: {
    type: text("NAME"),
    default: undefined,
    flag: "--genome",
    help: "a known genome that the intervals of --bed lie on",
  },
  fasta: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--fasta",
    help: "the same as a FASTA or 2bit file",
  },
};

/** @throws {ConfigError} when not exactly one source is given, or what belongs to the other one */
export function expectOneSource(data: SequenceDataConfig): void {
  const { file, bed, genome, fasta } = data;
  if ((file === undefined) === (bed === undefined)) {
    const got = file === undefined ? "neither" : `both: ${file} and ${bed}`;
    throw new ConfigError(`expected FILE, the sequences, or --bed, got ${got}`);
  }
  const places = [genome, fasta].filter((place) => place !== undefined);
  if (bed !== undefined && places.length !== 1) {
    const got = places.length === 0 ? "neither" : `both: ${places.join(" and ")}`;
    throw new ConfigError(`expected --genome or --fasta with --bed, got ${got}`);
  }
  if (bed === undefined && places.length > 0) {
    throw new ConfigError(
      `expected --bed with ${genome === undefined ? "--fasta" : "--genome"}, got none (sequences of a FASTA file are FILE)`,
    );
  }
  const column = data.sequenceColumn ?? data.labelColumn;
  if (bed !== undefined && column !== undefined) {
    throw new ConfigError(`expected no names of columns with --bed, got ${column}`);
  }
}
