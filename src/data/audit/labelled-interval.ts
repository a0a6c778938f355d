/** Labelled stretches of genomes, as the Genomic Benchmarks give their sets. */

import type { Interval, Strand } from "../../genome/interval.ts";

export interface LabelledInterval extends Interval {
  /** Name of its class. */
  readonly label: string;
  /** Absent where the set does not say. */
  readonly strand?: Strand;
}

/** A set with its official split. */
export interface LabelledSet {
  readonly name: string;
  readonly train: readonly LabelledInterval[];
  readonly test: readonly LabelledInterval[];
}
