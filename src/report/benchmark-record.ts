/**
 * The record of a benchmark: everything that its page, its Markdown and its JSON say, as plain values.
 * In JSON a number that is undefined is left out. What follows from the seeds is made by `modelReport` and `compareModels`.
 */

import type { LeakageCounts } from "../data/audit/leakage.ts";
import type { AccuracyRow } from "../stats/metrics/accuracy-by.ts";
import type { ReliabilityBin } from "../stats/metrics/calibration.ts";
import type { MetricName, MetricRecord } from "../stats/metrics/metrics-of.ts";
import type { BootstrapEstimate } from "../stats/uncertainty/bootstrap.ts";
import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import type { SeedDifference, SeedSummary } from "../stats/uncertainty/over-seeds.ts";
import type { Provenance } from "./provenance.ts";
import type { PublishedTable } from "./published/published-table.ts";

export interface BenchmarkRecord {
  readonly schema: 1;
  readonly provenance: Provenance;
  /** Name of the model that the report is about; one of a set's models unless its trials failed there. */
  readonly mainModel: string;
  /** Name of the k-mer logistic regression that it must beat, one of every set's models. */
  readonly yardstick: string;
  readonly sets: readonly SetReport[];
  /** Sets that were asked for and are not among `sets`, in the order in which they were. */
  readonly leftOut: readonly LeftOutSet[];
  /** Numbers of papers, never mixed with those above. */
  readonly published: readonly PublishedTable[];
}

export interface LeftOutSet {
  readonly set: string;
  /** Why it could not be read, in a line. */
  readonly reason: string;
}

export interface SetReport {
  readonly name: string;
  readonly classes: readonly string[];
  /** The split in a sentence or two: official or split again, by what, how validation was drawn. */
  readonly protocol: string;
  /** What the de-duplicated test leaves out, in a sentence. */
  readonly deduplication: string;
  /** Of the first seed; other seeds may differ by a few sequences. In the order train, validation, test, de-duplicated test. */
  readonly parts: readonly SetPart[];
  /** In the order of the report: baselines from weak to strong, then networks. Those without a setting to choose are left out. */
  readonly models: readonly ModelReport[];
  /** In the order of models, settings and seeds. A setting is chosen only if none of its trials failed. */
  readonly failures: readonly FailedTrial[];
  /** Of the main model to each other one. */
  readonly differences: readonly ModelDifference[];
  readonly leakage: SetLeakage;
}

export interface SetPart {
  readonly name: string;
  /** [classes] sequences */
  readonly counts: readonly number[];
}

/** The two tests that always stand side by side: the whole one, and that without what training gives away. */
export const TEST_KINDS = ["whole", "deduplicated"] as const;
export type TestKind = (typeof TEST_KINDS)[number];
export type OnBothTests<Value> = Readonly<Record<TestKind, Value>>;

export interface ModelReport {
  /** Short, the same in every set: `kmer6`, `tuned`. */
  readonly name: string;
  /** For people: `6-mer logistic regression`. */
  readonly label: string;
  readonly kind: "baseline" | "network";
  /** In the order in which every model has them. */
  readonly seeds: readonly SeedReport[];
  /** What was tried and did not fail; a setting is chosen by its validation accuracy alone. Empty where one setting was given. */
  readonly tried: readonly TriedSettings[];
  /** Over seeds; a metric is left out where a seed does not define it. */
  readonly summary: OnBothTests<Readonly<Partial<Record<MetricName, MetricSummary>>>>;
  /** Whole tests of all seeds together. */
  readonly reliability: readonly ReliabilityBin[];
  /** Whole tests of all seeds together. [true class][predicted class] */
  readonly confusion: readonly (readonly number[])[];
  readonly accuracyBy: AccuracyByProperty;
}

/** Settings that were chosen or tried, by name: learning rate, batch size, regularisation. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** A trial whose loss or weights became infinite. */
export interface FailedTrial {
  /** Name of the model, and its label: it may not be among the set's. */
  readonly model: string;
  readonly label: string;
  readonly settings: Settings;
  readonly seed: number;
  /** What training said, in a line. */
  readonly reason: string;
  /** In the benchmark's; once it is deleted, the trial is tried again. */
  readonly folder: string;
}

export interface SeedReport {
  readonly seed: number;
  readonly settings: Settings;
  readonly tests: OnBothTests<MetricRecord>;
  /** On validation, of the weights that were kept. */
  readonly validAccuracy: number | undefined;
  /** In the order of epochs; empty for what is not trained in epochs. */
  readonly curve: readonly CurvePoint[];
  /** The epoch whose weights were kept. */
  readonly keptEpoch: number | undefined;
  readonly accuracyBy: AccuracyByProperty;
  /** Training and scoring. */
  readonly seconds: number | undefined;
}

export interface CurvePoint {
  readonly epoch: number;
  readonly trainLossNats: number;
  readonly validLossNats: number | undefined;
  readonly validAccuracy: number | undefined;
}

export interface TriedSettings {
  readonly seed: number;
  readonly settings: Settings;
  readonly validAccuracy: number;
  readonly isChosen: boolean;
}

/** Mean, standard deviation and spread over seeds, and where the mean lies. */
export interface MetricSummary extends SeedSummary {
  /** 95 %, Student's t over seeds; undefined for one seed. */
  readonly interval: ConfidenceInterval | undefined;
}

/** Length in bases, share of G and C, and the share of 24-mers that the nearest training sequence has. */
export type Property = "length" | "gc" | "nearest";
/** Rows as `accuracyBy` gives them for the whole test, with the same edges for every seed and model. */
export type AccuracyByProperty = Readonly<Record<Property, readonly AccuracyRow[]>>;

export interface ModelDifference {
  /** Name of the model that is taken away from the main one. */
  readonly baseline: string;
  readonly metric: MetricName;
  /** Seed by seed; undefined where a seed does not define the metric. */
  readonly overSeeds: OnBothTests<SeedDifference | undefined>;
  /** By whole groups of the sequences of all tests; undefined where none was made. */
  readonly bootstrap: OnBothTests<BootstrapEstimate> | undefined;
}

export interface SetLeakage {
  /** By intervals, where coordinates are known. */
  readonly intervals: LeakageCounts | undefined;
  /** By bases, on either strand. */
  readonly sequences: SequenceLeakage | undefined;
  /** Against the regions that the main model was pretrained on; undefined where either is unknown. */
  readonly pretraining: PretrainingLeakage | undefined;
}

/** Counts of test sequences. */
export interface SequenceLeakage {
  readonly tests: number;
  /** Equal to a training sequence. */
  readonly copies: number;
  /** Share 64 bases in a row with a training sequence, or are equal to one. */
  readonly sharingBases: number;
}

/** Counts of test sequences. */
export interface PretrainingLeakage {
  readonly tests: number;
  /** Have a base in a pretraining region. */
  readonly touching: number;
  /** Have half of their bases or more there. */
  readonly halfInside: number;
  /** Lie there with every base. */
  readonly inside: number;
}
