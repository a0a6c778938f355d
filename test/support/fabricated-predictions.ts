/** Predictions that nothing made, for tests of reports: as a classifier of a wanted strength would give them. */

import type { Predictions } from "../../src/stats/predictions.ts";

export interface FabricatedOptions {
  readonly classes: readonly string[];
  readonly sequences: number;
  /** How far the true class stands out; 0 is chance. */
  readonly strength: number;
  /** Uniform numbers in [0, 1). */
  readonly next: () => number;
}

/** A softmax of noise with the true class lifted; half of the sequences are hard. */
export function fabricatedPredictions(options: FabricatedOptions): Predictions {
  const { classes, sequences, strength, next } = options;
  const labels = Int32Array.from({ length: sequences }, (_, i) => i % classes.length);
  const probabilities = new Float64Array(sequences * classes.length);
  for (let i = 0; i < sequences; i++) {
    const lift = strength * (next() < 0.5 ? 0.5 : 1.5);
    const weights = classes.map((_, c) =>
      Math.exp(2.4 * (next() + next() - 1) + (c === labels[i] ? lift : 0)),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const [c, weight] of weights.entries())
      probabilities[i * classes.length + c] = weight / sum;
  }
  return { classes, labels, probabilities };
}

/** The predictions of some of the sequences. */
export function chosenPredictions(
  { classes, labels, probabilities }: Predictions,
  indices: readonly number[],
): Predictions {
  const width = classes.length;
  return {
    classes,
    labels: Int32Array.from(indices, (i) => labels[i] as number),
    probabilities: Float64Array.from(
      indices.flatMap((i) => [...probabilities.subarray(i * width, (i + 1) * width)]),
    ),
  };
}
