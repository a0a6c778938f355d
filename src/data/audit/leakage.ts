/** How much of a labelled set's test split its training split gives away. Strands are not looked at. */

import { intervalLength } from "../../genome/interval.ts";
import type { LabelledInterval, LabelledSet } from "../labelled/labelled-interval.ts";
import { type IntervalIndex, intervalIndex } from "./interval-index.ts";

/** Counts of test intervals. */
export interface LeakageCounts {
  readonly tests: number;
  /** Share a base with a training interval. */
  readonly overlapping: number;
  /** At least half of it is covered by one training interval. */
  readonly halfCovered: number;
  /** By one of the same label. */
  readonly halfCoveredSameLabel: number;
  /** Is a training interval: the same contig, start and end. */
  readonly copies: number;
  /** Is one of another label. */
  readonly copiesOtherLabel: number;
}

/** Rows of one class, or of all with `label` undefined. */
export interface LeakageRow extends LeakageCounts {
  readonly set: string;
  readonly label: string | undefined;
  /** Training intervals, and how many of them repeat another of the same label. */
  readonly trains: number;
  readonly repeatedTrains: number;
}

/** Returns a row for the whole set, then one for each class, in the order of their names. */
export function leakage({ name, train, test }: LabelledSet<LabelledInterval>): LeakageRow[] {
  const labels = [...new Set([...train, ...test].map(({ label }) => label))].sort();
  const ofLabel = (intervals: readonly LabelledInterval[], label: string): LabelledInterval[] =>
    intervals.filter((interval) => interval.label === label);
  const trains = new Map(labels.map((label) => [label, intervalIndex(ofLabel(train, label))]));
  const rows = [...trains].map(([label, { distinct }]) => {
    const count = ofLabel(train, label).length;
    const counts = countLeaks(ofLabel(test, label), label, trains);
    return { set: name, label, ...counts, trains: count, repeatedTrains: count - distinct };
  });
  return [{ set: name, label: undefined, ...sumRows(rows) }, ...rows];
}

function countLeaks(
  test: readonly LabelledInterval[],
  ownLabel: string,
  trains: ReadonlyMap<string, IntervalIndex>,
): LeakageCounts {
  const counts = {
    tests: test.length,
    overlapping: 0,
    halfCovered: 0,
    halfCoveredSameLabel: 0,
    copies: 0,
    copiesOtherLabel: 0,
  };
  for (const interval of test) {
    const half = intervalLength(interval) / 2;
    const found = { any: 0, same: 0, isCopy: false, isOther: false };
    for (const [label, index] of trains) {
      const shared = index.longestOverlap(interval);
      found.any = Math.max(found.any, shared);
      if (label === ownLabel) found.same = shared;
      if (!index.has(interval)) continue;
      found.isCopy = true;
      found.isOther ||= label !== ownLabel;
    }
    if (found.any > 0) counts.overlapping++;
    if (found.any >= half) counts.halfCovered++;
    if (found.same >= half) counts.halfCoveredSameLabel++;
    if (found.isCopy) counts.copies++;
    if (found.isOther) counts.copiesOtherLabel++;
  }
  return counts;
}

function sumRows(rows: readonly LeakageRow[]): Omit<LeakageRow, "set" | "label"> {
  const sum = (of: (row: LeakageRow) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    tests: sum(({ tests }) => tests),
    overlapping: sum(({ overlapping }) => overlapping),
    halfCovered: sum(({ halfCovered }) => halfCovered),
    halfCoveredSameLabel: sum(({ halfCoveredSameLabel }) => halfCoveredSameLabel),
    copies: sum(({ copies }) => copies),
    copiesOtherLabel: sum(({ copiesOtherLabel }) => copiesOtherLabel),
    trains: sum(({ trains }) => trains),
    repeatedTrains: sum(({ repeatedTrains }) => repeatedTrains),
  };
}
