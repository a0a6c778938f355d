/**
 * Percentile bootstrap of a metric (Efron and Tibshirani, "An introduction to the bootstrap", 13.3), over whole groups:
 * sequences that overlap or resemble each other are drawn together, or the interval would be too narrow.
 */

import { addressedRandom } from "../../random/addressed.ts";
import type { Metric, WeightedMetric } from "../metrics/metric.ts";
import { checkPredictions, type Predictions } from "../predictions.ts";
import type { ConfidenceInterval } from "./confidence-interval.ts";
import { quantile } from "./quantile.ts";

export interface BootstrapOptions {
  readonly seed: number;
  /** default 1000 */
  readonly replicates?: number;
  /** default 0.95 */
  readonly confidence?: number;
}

export interface BootstrapEstimate {
  /** of the sequences as they are */
  readonly value: number | undefined;
  /** undefined where no replicate has a value, or there is one group only; so is the standard error */
  readonly interval: ConfidenceInterval | undefined;
  /** standard deviation over replicates */
  readonly standardError: number | undefined;
  /** replicates that define the metric: a draw may lack a class */
  readonly replicates: number;
  readonly groups: number;
}

/**
 * Every metric on the same draws.
 *
 * @param groups [sequences] any number that says which sequences belong together
 * @throws {RangeError} when the lengths differ, or the parts of `predictions` do not fit each other
 */
export function bootstrapMetrics<Name extends string>(
  metrics: Readonly<Record<Name, Metric>>,
  predictions: Predictions,
  groups: Int32Array,
  options: BootstrapOptions,
): Readonly<Record<Name, BootstrapEstimate>> {
  checkPredictions(predictions);
  checkGroups(groups, predictions);
  const names = Object.keys(metrics) as Name[];
  const weighted = names.map((name) => metrics[name](predictions));
  const estimates = bootstrap(weighted, groups, options);
  return Object.fromEntries(names.map((name, i) => [name, estimates[i]])) as Record<
    Name,
    BootstrapEstimate
  >;
}

/**
 * The metric of `a` less that of `b`, both on the same draws.
 *
 * @param groups [sequences] any number that says which sequences belong together
 * @throws {RangeError} when the two do not speak of the same classes and labels
 */
export function bootstrapDifference(
  metric: Metric,
  a: Predictions,
  b: Predictions,
  groups: Int32Array,
  options: BootstrapOptions,
): BootstrapEstimate {
  checkPredictions(a);
  checkPredictions(b);
  checkGroups(groups, a);
  if (!isSame(a.classes, b.classes) || !isSame(a.labels, b.labels)) {
    throw new RangeError("internal: expected two predictions of the same labelled sequences");
  }
  const ofA = metric(a);
  const ofB = metric(b);
  const difference: WeightedMetric = (weights) => {
    const first = ofA(weights);
    const second = ofB(weights);
    return first === undefined || second === undefined ? undefined : first - second;
  };
  return bootstrap([difference], groups, options)[0] as BootstrapEstimate;
}

/** One estimate a metric, in their order. */
function bootstrap(
  metrics: readonly WeightedMetric[],
  groups: Int32Array,
  { seed, replicates = 1000, confidence = 0.95 }: BootstrapOptions,
): BootstrapEstimate[] {
  const random = addressedRandom(seed, "bootstrap");
  const { groupOf, count } = numberGroups(groups);
  const weights = new Float64Array(groups.length);
  const drawn = new Float64Array(count);
  const values = metrics.map((): number[] => []);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawn.fill(0);
    for (let draw = 0; draw < count; draw++) {
      const group = random.integer(count, replicate, draw);
      drawn[group] = (drawn[group] as number) + 1;
    }
    for (let i = 0; i < weights.length; i++) weights[i] = drawn[groupOf[i] as number] as number;
    for (const [m, metric] of metrics.entries()) {
      const value = metric(weights);
      if (value !== undefined) values[m]?.push(value);
    }
  }
  weights.fill(1);
  return metrics.map((metric, m) => {
    const own = values[m] ?? [];
    const isSpread = count > 1 && own.length > 0;
    return {
      value: metric(weights),
      interval: isSpread ? percentiles(own, confidence) : undefined,
      standardError: isSpread && own.length > 1 ? deviation(own) : undefined,
      replicates: own.length,
      groups: count,
    };
  });
}

/** Numbers groups 0 … count − 1 in the order of their first sequences: what they are called changes nothing. */
function numberGroups(groups: Int32Array): { groupOf: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const groupOf = groups.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { groupOf, count: numbers.size };
}

function percentiles(values: readonly number[], confidence: number): ConfidenceInterval {
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function checkGroups(groups: Int32Array, predictions: Predictions): void {
  const sequences = predictions.labels.length;
  if (groups.length !== sequences) {
    throw new RangeError(`internal: expected ${sequences} groups, got ${groups.length}`);
  }
}

function isSame<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}
