/** Options that name a genome, its splits and the windows they are cut into. */

import type { OptionTable } from "../src/config/option-table.ts";
import { positiveInteger, text, yesOrNo } from "../src/config/value-types.ts";

/** A genome, its splits, and the length of windows. */
export interface SplitConfig {
  /** A genome that gdiff knows by name; this or `fasta`. */
  readonly genome?: string;
  /** Path or https URL of a FASTA file; this or `genome`. */
  readonly fasta?: string;
  /** Region texts, comma separated. */
  readonly train?: string;
  readonly valid?: string;
  readonly test?: string;
  /** Path of a BED file whose column 4 says train, valid or test, or names folds; excludes the three above. */
  readonly bed?: string;
  /** Folds of `bed`, comma separated. */
  readonly validFold?: string;
  readonly testFold?: string;
  /** Bases that each row of `bed` is extended to; training windows follow the rows then. */
  readonly extend?: number;
  /** Path of a BED file whose intervals no window touches. */
  readonly exclude?: string;
  /** Refuse splits that share a base. */
  readonly strictSplit: boolean;
  /** Window, in bases. */
  readonly length: number;
}

const REGIONS = text("REGIONS");

export const splitOptions: OptionTable<SplitConfig> = {
  genome: {
    type: text("NAME"),
    default: undefined,
    flag: "--genome",
    help: "a genome by name: demo, hg38, or what gdiff data list shows; this or --fasta",
  },
  fasta: {
    type: text("FILE|URL"),
    default: undefined,
    flag: "--fasta",
    help: "FASTA, plain or bgzip, here or on an https server with its .fai; this or --genome",
  },
  train: {
    type: REGIONS,
    default: undefined,
    flag: "--train",
    help: "regions to train on: chr1,chr2:1-5,000,000",
  },
  valid: {
    type: REGIONS,
    default: undefined,
    flag: "--valid",
    help: "regions to validate on during training",
  },
  test: {
    type: REGIONS,
    default: undefined,
    flag: "--test",
    help: "regions held out for gdiff evaluate",
  },
  bed: {
    type: text("FILE"),
    default: undefined,
    flag: "--bed",
    help: "BED whose column 4 says train, valid or test, or a fold, instead of the three",
  },
  validFold: {
    type: text("NAMES"),
    default: undefined,
    flag: "--valid-fold",
    help: "folds of --bed to validate on; of fold0, fold1 … it is fold4",
  },
  testFold: {
    type: text("NAMES"),
    default: undefined,
    flag: "--test-fold",
    help: "folds of --bed held out for gdiff evaluate; of fold0, fold1 … it is fold3",
  },
  extend: {
    type: positiveInteger(2 ** 30),
    default: undefined,
    unit: "bases",
    flag: "--extend",
    help: "make every row of --bed this long to its right and train row by row, as HyenaDNA does",
  },
  exclude: {
    type: text("FILE"),
    default: undefined,
    flag: "--exclude",
    help: "BED of intervals that no window may touch: a blacklist",
  },
  strictSplit: {
    type: yesOrNo(),
    default: false,
    flag: "--strict-split",
    help: "refuse splits that share a base",
  },
  length: {
    type: positiveInteger(2 ** 20),
    default: 1024,
    unit: "bases",
    flag: "--length",
    help: "the model's window",
  },
};
