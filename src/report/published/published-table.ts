/** Numbers that papers print, each with the protocol that made it. */

import type { MetricName } from "../../stats/metrics/metrics-of.ts";

/** One table of one paper: its numbers share a protocol. */
export interface PublishedTable {
  /** Short: `mdlm`. */
  readonly name: string;
  /** `Sahoo et al., Simple and Effective Masked Diffusion Language Models, 2024`. */
  readonly paper: string;
  /** `arXiv:2406.07524`. */
  readonly source: string;
  /** `Table 7`. */
  readonly table: string;
  readonly protocol: PublishedProtocol;
  readonly results: readonly PublishedResult[];
}

/** Each a sentence; what the paper does not say is said to be not stated. */
export interface PublishedProtocol {
  readonly split: string;
  /** What the number is the mean of. */
  readonly average: string;
  /** What stands after ±. */
  readonly plusMinus: string;
  /** On what settings and weights were chosen. */
  readonly selection: string;
  readonly isSelectedOnTest: boolean;
}

export interface PublishedResult {
  /** As the Genomic Benchmarks name it: `human_nontata_promoters`. */
  readonly set: string;
  readonly model: string;
  readonly metric: MetricName;
  readonly value: number;
  readonly plusMinus: number | undefined;
}
