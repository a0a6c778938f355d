/** Sequences with a class each: what heads are trained and tested on, whichever file or genome they come from. */

import type { StrandedInterval } from "../../genome/interval.ts";

/** A sequence of any source, its class left aside. */
export interface NamedSequence {
  /** Unique in its set. */
  readonly id: string;
  /** Token ids A0 C1 G2 T3 N4, one a base; at least one. The case of letters is dropped. */
  readonly ids: Uint8Array;
  /** Where it lies in its genome, where that is known; `ids` are those of the strand. */
  readonly interval?: StrandedInterval;
}

export interface LabelledSequence extends NamedSequence {
  /** Its class, as a place in the set's `classes`. */
  readonly label: number;
  /** Name of its group, where the source names groups: no split parts those of one. */
  readonly group?: string;
}

export interface LabelledSequences {
  /** What messages and tables call the set. */
  readonly name: string;
  /** At least two; whole numbers by size, other names by code unit, never by the order of files or rows. */
  readonly classes: readonly string[];
  readonly sequences: readonly LabelledSequence[];
}
