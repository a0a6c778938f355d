/** What training intervals give away, every pair looked at. */

import type { LeakageCounts } from "../../src/data/audit/leakage.ts";
import type { LabelledInterval } from "../../src/data/labelled/labelled-interval.ts";

export function naiveLeakage(
  train: readonly LabelledInterval[],
  test: readonly LabelledInterval[],
): LeakageCounts {
  const shared = (a: LabelledInterval, b: LabelledInterval): number =>
    a.contig === b.contig ? Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)) : 0;
  const isCopy = (a: LabelledInterval, b: LabelledInterval): boolean =>
    a.contig === b.contig && a.start === b.start && a.end === b.end;
  const count = (
    isGivenAway: (test: LabelledInterval, train: LabelledInterval) => boolean,
  ): number => test.filter((t) => train.some((other) => isGivenAway(t, other))).length;
  const isHalf = (t: LabelledInterval, other: LabelledInterval): boolean =>
    2 * shared(t, other) >= t.end - t.start;
  return {
    tests: test.length,
    overlapping: count((t, other) => shared(t, other) > 0),
    halfCovered: count(isHalf),
    halfCoveredSameLabel: count((t, other) => t.label === other.label && isHalf(t, other)),
    copies: count(isCopy),
    copiesOtherLabel: count((t, other) => t.label !== other.label && isCopy(t, other)),
  };
}
