/** The record of a fine-tuning run: what its page says, as plain values. */

import type { MetricName, MetricRecord } from "../stats/metrics/metrics-of.ts";
import type { BootstrapEstimate } from "../stats/uncertainty/bootstrap.ts";
import type { AccuracyByProperty, CurvePoint, SetLeakage, SetPart } from "./benchmark-record.ts";
import type { Provenance } from "./provenance.ts";

export interface FinetuneRecord {
  readonly schema: 1;
  readonly provenance: Provenance;
  /** The run's folder or name. */
  readonly run: string;
  /** What the sequences are called. */
  readonly set: string;
  readonly classes: readonly string[];
  /** What the network began as, and what of it was trained; in words. */
  readonly network: string;
  readonly parameters: number;
  readonly checkpointSha256: string;
  readonly isFinished: boolean;
  /** Updates made. */
  readonly step: number;
  /** Passes over the training sequences that were planned at most. */
  readonly plannedEpochs: number;
  /** A point an epoch, in their order. */
  readonly curve: readonly CurvePoint[];
  /** The epoch whose weights were kept; undefined before the first has ended. */
  readonly keptEpoch: number | undefined;
  /** How the parts came about, in words. */
  readonly protocol: string;
  /** Those that are known, in the order train, validation, test, de-duplicated test. */
  readonly parts: readonly SetPart[];
  /** Of the kept weights on the sequences that chose them; undefined before the run has finished. */
  readonly valid: MetricRecord | undefined;
  /** undefined where there is no test part, or the run has not finished. */
  readonly test: FinetuneTest | undefined;
  /** undefined where there is no test part, or the training sequences are not here. */
  readonly leakage: SetLeakage | undefined;
  /** Sentences on what is not known, and why. */
  readonly missing: readonly string[];
}

export interface FinetuneTest {
  readonly whole: TestScores;
  /** undefined where the training sequences are not here. */
  readonly deduplicated: TestScores | undefined;
  /** Of the whole test; without rows by nearness where the training sequences are not here. */
  readonly accuracyBy: AccuracyByProperty;
  /**
   * What intervals draw together: sequences that overlap, those that the data say are of one group, or none, where the
   * training sequences are not here.
   */
  readonly grouping: "overlap" | "named" | "none";
}

export interface TestScores {
  readonly metrics: MetricRecord;
  /** 95 %, by bootstrap. */
  readonly intervals: Readonly<Record<MetricName, BootstrapEstimate>>;
}
