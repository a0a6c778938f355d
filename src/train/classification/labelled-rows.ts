/** Labelled sequences as a loss takes them. */

import type { SequenceRows } from "./sequence-rows.ts";

/** Some of a step's sequences as training reads them. */
export interface ReadRows extends SequenceRows {
  /** [batch] token ids, on the row's strand, maybe with some masked */
  readonly ids: readonly Uint8Array[];
}

export interface LabelledRows extends ReadRows {
  /** [batch, classes], rows sum to 1 */
  readonly targets: Float32Array;
  /** [batch]: the weight of each row's class. */
  readonly weights: Float32Array;
}

/** How labels become targets. */
export interface TargetOptions {
  readonly classes: number;
  /** Share of the target that is spread over all classes (Szegedy and others, arXiv:1512.00567, section 7). */
  readonly labelSmoothing: number;
  /** [classes]; a step's loss is divided by the weights of its rows. */
  readonly classWeights: readonly number[];
}

/** Returns the rows with their targets; `labels` are those of the rows, places in the classes. */
export function labelledRows(
  rows: ReadRows,
  labels: readonly number[],
  { classes, labelSmoothing, classWeights }: TargetOptions,
): LabelledRows {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  for (const [row, label] of labels.entries()) {
    const at = row * classes + label;
    targets[at] = (targets[at] as number) + 1 - labelSmoothing;
  }
  const weights = Float32Array.from(labels, (label) => classWeights[label] as number);
  return { ...rows, targets, weights };
}

/** Weights that make every class count as much as the others: sequences / (classes · those of the class). */
export function balancedWeights(labels: ArrayLike<number>, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  return counts.map((count) => labels.length / (classes * count));
}
