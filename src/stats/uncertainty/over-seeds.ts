/** What runs of several seeds say together: their mean and spread, and the difference of two settings seed by seed. */

import { mean } from "../mean.ts";
import type { ConfidenceInterval } from "./confidence-interval.ts";
import { studentQuantile, studentTail } from "./student-t.ts";

export interface SeedSummary {
  readonly seeds: number;
  readonly mean: number;
  /** largest less smallest: the ± of the published tables */
  readonly spread: number;
  /** over n − 1; undefined for one seed */
  readonly standardDeviation: number | undefined;
}

/** @throws {RangeError} when there is no value */
export function summariseSeeds(values: readonly number[]): SeedSummary {
  const { value, standardError, count } = mean(values);
  return {
    seeds: count,
    mean: value,
    spread: Math.max(...values) - Math.min(...values),
    standardDeviation: standardError === undefined ? undefined : standardError * Math.sqrt(count),
  };
}

export interface SeedDifference extends SeedSummary {
  /** Student's t over seeds; undefined for one seed, as is `pValue` */
  readonly interval: ConfidenceInterval | undefined;
  /** two-sided, of no difference; undefined where every seed differs by the same */
  readonly pValue: number | undefined;
}

/**
 * The mean of a − b, value by value: those at one place are of one seed, and so of one split.
 *
 * @throws {RangeError} when the lengths differ or are 0
 */
export function seedDifference(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
): SeedDifference {
  if (a.length !== b.length) {
    throw new RangeError(`internal: expected pairs, got ${a.length} and ${b.length} values`);
  }
  const summary = summariseSeeds(a.map((value, i) => value - (b[i] as number)));
  const { mean: difference, seeds, standardDeviation } = summary;
  if (standardDeviation === undefined) {
    return { ...summary, interval: undefined, pValue: undefined };
  }
  const error = standardDeviation / Math.sqrt(seeds);
  const reach = error * studentQuantile((1 - confidence) / 2, seeds - 1);
  return {
    ...summary,
    interval: { low: difference - reach, high: difference + reach },
    pValue: error > 0 ? 2 * studentTail(Math.abs(difference) / error, seeds - 1) : undefined,
  };
}
