/** The edges between which accuracy is reported by length, GC share and nearness: one choice a set, for all models and seeds. */

import type { Property } from "../../src/report/benchmark-record.ts";
import { quantile } from "../../src/stats/uncertainty/quantile.ts";

/** At least two, rising. */
export type PropertyEdges = Readonly<Record<Property, readonly number[]>>;

/** Rows of about equal size. */
const ROWS = 5;
/** Unlike, a little alike, half, nearly a copy. */
const NEAREST = [0, 0.1, 0.25, 0.5, 0.9, 1];

/**
 * @param lengths of test sequences, those of all seeds together
 * @param gc their shares of G and C, where they have a base
 */
export function propertyEdges(lengths: ArrayLike<number>, gc: readonly number[]): PropertyEdges {
  return {
    length: wholeEdges(lengths),
    gc: wholeEdges(gc.map((share) => Math.floor(100 * share))).map((edge) => edge / 100),
    nearest: NEAREST,
  };
}

/** Quantiles of whole numbers, each once, and the first number above all. */
function wholeEdges(values: ArrayLike<number>): number[] {
  if (values.length === 0) return [0, 1];
  const sorted = Float64Array.from(values).sort();
  const cuts = Array.from({ length: ROWS }, (_, i) => Math.floor(quantile(sorted, i / ROWS)));
  return [...new Set([...cuts, (sorted.at(-1) as number) + 1])];
}
