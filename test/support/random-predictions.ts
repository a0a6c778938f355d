/** Predictions for tests: rounded, so that scores tie, and better than chance. */

import type { Predictions } from "../../src/stats/predictions.ts";
import { xorshift32 } from "./random-ids.ts";

/** Labels of the given classes, each sequence's true class a little more probable; probabilities in steps of 1 / 20. */
export function randomPredictions(sequences: number, classes: number, seed: number): Predictions {
  const next = xorshift32(seed);
  const labels = Int32Array.from({ length: sequences }, () => Math.floor(next() * classes));
  const probabilities = new Float64Array(sequences * classes);
  for (let i = 0; i < sequences; i++) {
    const parts = Array.from({ length: classes }, (_, c) =>
      Math.floor(1 + next() * (c === labels[i] ? 14 : 9)),
    );
    const sum = parts.reduce((a, b) => a + b, 0);
    let rest = 20;
    for (let c = 0; c < classes; c++) {
      const steps = c === classes - 1 ? rest : Math.round((20 * (parts[c] as number)) / sum);
      rest -= steps;
      probabilities[i * classes + c] = steps / 20;
    }
  }
  return {
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    labels,
    probabilities,
  };
}

/** Predictions of two classes from the positive one's probability. */
export function binaryPredictions(
  labels: readonly number[],
  positive: readonly number[],
): Predictions {
  return {
    classes: ["negative", "positive"],
    labels: Int32Array.from(labels),
    probabilities: Float64Array.from(positive.flatMap((p) => [1 - p, p])),
  };
}
