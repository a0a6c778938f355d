/** Accuracy by a property of the sequences, such as length, GC share or distance to the training set. */

import { firstAbove } from "../../util/first-above.ts";
import { checkPredictions, type Predictions, predictedLabels } from "../predictions.ts";
import type { ConfidenceInterval } from "../uncertainty/confidence-interval.ts";
import { wilsonInterval } from "../uncertainty/wilson.ts";

/** Sequences whose value lies in [from, to), in the last row in [from, to]. */
export interface AccuracyRow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** undefined in an empty row, as are the others */
  readonly accuracy: number | undefined;
  /** √(a (1 − a) / n) */
  readonly standardError: number | undefined;
  /** Wilson's 95 % interval; takes sequences as independent */
  readonly interval: ConfidenceInterval | undefined;
}

/**
 * Sorts sequences into the rows between neighbouring edges.
 *
 * @param values [sequences]
 * @param edges at least two, rising
 * @throws {RangeError} when the lengths differ, the edges do not rise, or a value lies outside them
 */
export function accuracyBy(
  predictions: Predictions,
  values: ArrayLike<number>,
  edges: readonly number[],
): AccuracyRow[] {
  checkPredictions(predictions);
  const { labels } = predictions;
  if (values.length !== labels.length) {
    throw new RangeError(`internal: expected ${labels.length} values, got ${values.length}`);
  }
  const rows = edges.length - 1;
  if (rows < 1 || edges.some((edge, i) => i > 0 && !(edge > (edges[i - 1] as number)))) {
    throw new RangeError(`internal: expected two rising edges or more, got [${edges.join(", ")}]`);
  }
  const taken = predictedLabels(predictions);
  const count = new Float64Array(rows);
  const hits = new Float64Array(rows);
  for (let i = 0; i < labels.length; i++) {
    const row = rowOf(values[i] as number, edges);
    count[row] = (count[row] as number) + 1;
    if (taken[i] === labels[i]) hits[row] = (hits[row] as number) + 1;
  }
  return Array.from(count, (inRow, row) => ({
    from: edges[row] as number,
    to: edges[row + 1] as number,
    ...shareOf(hits[row] as number, inRow),
  }));
}

function rowOf(value: number, edges: readonly number[]): number {
  const last = edges.length - 1;
  if (value === edges[last]) return last - 1;
  const above = firstAbove(edges.length, (i) => edges[i] as number, value);
  if (above === 0 || above > last || Number.isNaN(value)) {
    throw new RangeError(`internal: expected values in ${edges[0]} … ${edges[last]}, got ${value}`);
  }
  return above - 1;
}

function shareOf(hits: number, count: number): Omit<AccuracyRow, "from" | "to"> {
  if (count === 0) {
    return { count, accuracy: undefined, standardError: undefined, interval: undefined };
  }
  const accuracy = hits / count;
  const standardError = Math.sqrt((accuracy * (1 - accuracy)) / count);
  return { count, accuracy, standardError, interval: wilsonInterval(hits, count) };
}
