/**
 * Which labelled sequences stand together in a batch. Those of a micro-batch are of similar length, so that little of it is
 * padding; which sequences share an optimiser step is chance alone, since in some sets the length gives the class away.
 */

import { addressedRandom } from "../../random/addressed.ts";
import { permute } from "../../random/permutation.ts";
import { cutByPadding } from "./cut-by-padding.ts";

export interface StepOptions {
  /** Sequences of an optimiser step; the last of an epoch has what is left. */
  readonly batch: number;
  /** Most tokens of a micro-batch: its rows times its longest row. A longer sequence is a micro-batch by itself. */
  readonly tokens: number;
  readonly seed: number;
}

/** One update: the gradients of its micro-batches are summed. */
export interface LabelledStep {
  /** Indices of the sequences of each, the shortest first. */
  readonly microBatches: readonly (readonly number[])[];
}

/**
 * Returns the steps of `epoch`; every sequence is in exactly one.
 *
 * Sequence i has the place that a permutation addressed by (seed, epoch) gives it, and step s takes the places s · batch to
 * (s + 1) · batch − 1. A step is sorted by length and cut into micro-batches with little padding.
 *
 * @param lengths of the sequences, in tokens
 * @throws {RangeError} when `batch` or `tokens` is not a positive integer
 */
export function epochSteps(
  lengths: ArrayLike<number>,
  { batch, tokens, seed }: StepOptions,
  epoch: number,
): LabelledStep[] {
  expectPositive(batch, "sequences in a batch");
  expectPositive(tokens, "tokens in a micro-batch");
  const count = lengths.length;
  const random = addressedRandom(seed, "labelledOrder");
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[permute(i, count, random, epoch)] = i;
  const steps: LabelledStep[] = [];
  for (let from = 0; from < count; from += batch) {
    const rows = byLength(order.subarray(from, from + batch), lengths);
    const ends = cutByPadding(
      rows.map((row) => lengths[row] as number),
      tokens,
    );
    steps.push({ microBatches: ends.map((end, i) => rows.slice(ends[i - 1] ?? 0, end)) });
  }
  return steps;
}

/**
 * Returns batches of at most `tokens` tokens that hold every sequence once: by length, those of equal length as they stand,
 * each as full as it can be. There is no chance in it. A longer sequence is a batch by itself.
 *
 * @param lengths of the sequences, in tokens
 * @throws {RangeError} when `tokens` is not a positive integer
 */
export function predictionBatches(lengths: ArrayLike<number>, tokens: number): number[][] {
  expectPositive(tokens, "tokens in a batch");
  const all = Uint32Array.from({ length: lengths.length }, (_, i) => i);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const row of byLength(all, lengths)) {
    if (batch.length > 0 && (batch.length + 1) * (lengths[row] as number) > tokens) {
      batches.push(batch);
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Rows by length, those of equal length in their order. */
function byLength(rows: Uint32Array, lengths: ArrayLike<number>): number[] {
  return [...rows].sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
}

function expectPositive(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`internal: expected a positive number of ${what}, got ${value}`);
  }
}
