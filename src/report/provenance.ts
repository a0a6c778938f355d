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
  /** Processor, cores, memory, accelerator of the machine that makes the report. */
  readonly hardware: string;
  /** What computed the numbers. */
  readonly backend: string;
  /** undefined where the backend says it, or nothing does */
  readonly precision: Precision | undefined;
  /** Of all training and scoring, summed over processes; undefined is not known. */
  readonly seconds: number | undefined;
  readonly data: readonly DataDigest[];
}

/** A file, or a set of sequences in its canonical form. */
export interface DataDigest {
  readonly name: string;
  readonly sha256: string;
}

/** `native, bf16`. */
export function backendText({ backend, precision }: Provenance): string {
  return precision === undefined ? backend : `${backend}, ${precision}`;
}
