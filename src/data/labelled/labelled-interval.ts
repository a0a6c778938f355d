/** Labelled stretches of genomes, as the Genomic Benchmarks give their sets. */

import type { Interval, Strand } from "../../genome/interval.ts";

export interface LabelledInterval extends Interval {
  /** Name of its class. */
  readonly label: string;
  /** Absent where the set does not say. */
  readonly strand?: Strand;
}

/** One as a file lists it. */
export interface ListedInterval extends LabelledInterval {
  /** Unique in its class of its split. */
  readonly id: string;
}

/** A set with its official split. */
export interface LabelledSet<Labelled extends LabelledInterval = ListedInterval> {
  readonly name: string;
  readonly train: readonly Labelled[];
  readonly test: readonly Labelled[];
}
