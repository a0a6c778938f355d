/** Where the numbers of a report come from: what ran, on what, with which settings and data. */

import type { Precision } from "../backends/precision.ts";

export interface Provenance {
  readonly gdiffVersion: string;
  /** As the caller writes it; a report has no clock. */
  readonly date: string;
  /** What was typed. */
  readonly command: string;
  /** The resolved configuration, YAML or what the reader shall see of it. */
  readonly config: string;
  /** Processor, cores, memory, accelerator. */
  readonly hardware: string;
  readonly backend: string;
  readonly precision: Precision;
  /** Of all training and scoring; sums over processes. */
  readonly seconds: number;
  readonly data: readonly DataDigest[];
}

/** A file, or a set of sequences in its canonical form. */
export interface DataDigest {
  readonly name: string;
  readonly sha256: string;
}
