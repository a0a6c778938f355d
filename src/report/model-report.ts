/** What the seeds of a model say together, and the difference of two models seed by seed. */

import type { AccuracyRow } from "../stats/metrics/accuracy-by.ts";
import type { ReliabilityBin } from "../stats/metrics/calibration.ts";
import { METRICS, type MetricName } from "../stats/metrics/metrics-of.ts";
import type { BootstrapEstimate } from "../stats/uncertainty/bootstrap.ts";
import { type SeedDifference, seedDifference } from "../stats/uncertainty/over-seeds.ts";
import { wilsonInterval } from "../stats/uncertainty/wilson.ts";
import type {
  MetricSummary,
  ModelDifference,
  ModelReport,
  OnBothTests,
  SeedReport,
  TestKind,
} from "./benchmark-record.ts";

/** A model without what follows from its seeds. */
export type ModelRuns = Pick<ModelReport, "name" | "label" | "kind" | "seeds" | "tried">;

const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** @throws {RangeError} when there is no seed, or the bins of the seeds are not the same */
export function modelReport(runs: ModelRuns): ModelReport {
  const { seeds } = runs;
  if (seeds.length === 0) throw new RangeError(`internal: expected a seed of ${runs.name}`);
  const rows = (of: (seed: SeedReport) => readonly AccuracyRow[]): AccuracyRow[] =>
    poolBins(seeds.map(of), poolAccuracy);
  return {
    ...runs,
    summary: { whole: summaryOf(seeds, "whole"), deduplicated: summaryOf(seeds, "deduplicated") },
    reliability: poolBins(
      seeds.map(({ tests }) => tests.whole.reliability),
      poolReliability,
    ),
    confusion: sumMatrices(seeds.map(({ tests }) => tests.whole.confusion)),
    accuracyBy: {
      length: rows(({ accuracyBy }) => accuracyBy.length),
      gc: rows(({ accuracyBy }) => accuracyBy.gc),
      nearest: rows(({ accuracyBy }) => accuracyBy.nearest),
    },
  };
}

/**
 * The difference of `main` to `baseline`, whose seeds stand in the same order.
 *
 * @throws {RangeError} when the seeds differ
 */
export function compareModels(
  main: ModelRuns,
  baseline: ModelRuns,
  metric: MetricName,
  bootstrap?: OnBothTests<BootstrapEstimate>,
): ModelDifference {
  const seedsOf = ({ seeds }: ModelRuns): string => seeds.map(({ seed }) => seed).join(", ");
  if (seedsOf(main) !== seedsOf(baseline)) {
    throw new RangeError(
      `internal: expected equal seeds of ${main.name} and ${baseline.name}, got ${seedsOf(main)} and ${seedsOf(baseline)}`,
    );
  }
  const difference = (test: TestKind): SeedDifference | undefined => {
    const a = valuesOf(main.seeds, test, metric);
    const b = valuesOf(baseline.seeds, test, metric);
    return a === undefined || b === undefined ? undefined : seedDifference(a, b);
  };
  return {
    baseline: baseline.name,
    metric,
    overSeeds: { whole: difference("whole"), deduplicated: difference("deduplicated") },
    bootstrap,
  };
}

/** A metric by seeds; undefined where one does not define it. */
function valuesOf(
  seeds: readonly SeedReport[],
  test: TestKind,
  metric: MetricName,
): number[] | undefined {
  const known = seeds
    .map(({ tests }) => tests[test][metric])
    .filter((value) => value !== undefined);
  return known.length === seeds.length ? known : undefined;
}

function summaryOf(
  seeds: readonly SeedReport[],
  test: TestKind,
): Partial<Record<MetricName, MetricSummary>> {
  const entries = METRIC_NAMES.flatMap((name) => {
    const values = valuesOf(seeds, test, name);
    return values === undefined ? [] : [[name, summaryOfValues(values)] as const];
  });
  return Object.fromEntries(entries);
}

/** A difference to zero has the mean, and the interval, of the values themselves. */
function summaryOfValues(values: readonly number[]): MetricSummary {
  const zeros = values.map(() => 0);
  const { seeds, mean, spread, standardDeviation, interval } = seedDifference(values, zeros);
  return { seeds, mean, spread, standardDeviation, interval };
}

interface Bin {
  readonly from: number;
  readonly to: number;
}

/** Joins bin with bin over seeds. */
function poolBins<B extends Bin>(
  bySeed: readonly (readonly B[])[],
  pool: (bins: readonly B[]) => B,
): B[] {
  const first = bySeed[0] ?? [];
  const isSame = (bins: readonly B[]): boolean =>
    bins.length === first.length &&
    bins.every(({ from, to }, i) => from === first[i]?.from && to === first[i]?.to);
  if (!bySeed.every(isSame)) throw new RangeError("internal: expected the same bins of every seed");
  return first.map((_, i) => pool(bySeed.map((bins) => bins[i] as B)));
}

function poolReliability(bins: readonly ReliabilityBin[]): ReliabilityBin {
  const { from, to } = bins[0] as ReliabilityBin;
  const count = sum(bins.map((bin) => bin.count));
  const share = (of: (bin: ReliabilityBin) => number | undefined): number | undefined =>
    count > 0 ? sum(bins.map((bin) => bin.count * (of(bin) ?? 0))) / count : undefined;
  const [confidence, accuracy] = [share((bin) => bin.confidence), share((bin) => bin.accuracy)];
  return { from, to, count, confidence, accuracy };
}

/**
 * `count` becomes the mean over seeds: tests of several seeds may be the same sequences, so that the interval is that of
 * one test set.
 */
function poolAccuracy(rows: readonly AccuracyRow[]): AccuracyRow {
  const { from, to } = rows[0] as AccuracyRow;
  const total = sum(rows.map((row) => row.count));
  const count = total / rows.length;
  if (total === 0) {
    return { from, to, count, accuracy: undefined, standardError: undefined, interval: undefined };
  }
  const accuracy = sum(rows.map((row) => row.count * (row.accuracy ?? 0))) / total;
  const standardError = Math.sqrt((accuracy * (1 - accuracy)) / count);
  const interval = wilsonInterval(accuracy * count, count);
  return { from, to, count, accuracy, standardError, interval };
}

function sumMatrices(matrices: readonly (readonly (readonly number[])[])[]): number[][] {
  const first = matrices[0] ?? [];
  return first.map((row, i) => row.map((_, j) => sum(matrices.map((m) => m[i]?.[j] ?? 0))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
