/**
 * Shares of sequences that all have something, or none has: every draw of a bootstrap is the same then, and says nothing of how
 * far the share may be from it. Wilson's interval stands in its place, and for the difference Newcombe's (Statistics in Medicine
 * 17, 1998, method 10), which is made of two of them.
 */

import type { ConfidenceInterval } from "../stats/uncertainty/confidence-interval.ts";
import { wilsonInterval } from "../stats/uncertainty/wilson.ts";
import type { Estimated } from "./compare-arms.ts";
import type { Figure } from "./figure.ts";

/** @param sequences of each arm */
export function ofSequences(figure: Figure, sequences: number): Figure {
  const { difference } = figure;
  const [generated, real] = [figure.generated, figure.real].map((arm) => known(arm, sequences)) as [
    Estimated,
    Estimated,
  ];
  const isDrawn = generated === figure.generated || real === figure.real;
  if (isDrawn || generated.interval === undefined || real.interval === undefined) {
    return { ...figure, generated, real };
  }
  const value = difference.value as number;
  const [own, other] = [reaches(generated, generated.interval), reaches(real, real.interval)];
  const interval = {
    low: value - Math.hypot(own.below, other.above),
    high: value + Math.hypot(own.above, other.below),
  };
  return { ...figure, generated, real, difference: { ...difference, interval } };
}

function known(arm: Estimated, sequences: number): Estimated {
  const { value, standardError } = arm;
  if (value === undefined || standardError !== 0) return arm;
  return { ...arm, interval: wilsonInterval(Math.round(value * sequences), sequences) };
}

function reaches({ value = 0 }: Estimated, { low, high }: ConfidenceInterval) {
  return { below: value - low, above: high - value };
}
