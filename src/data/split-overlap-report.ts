/** Bases that two splits share, pair by pair. */

import { RegionError } from "../errors.ts";
import { type Interval, intervalLength } from "../genome/interval.ts";
import { formatRegion } from "../genome/region.ts";
import { formatCount } from "../util/format.ts";
import {
  mergeIntervals,
  SPLIT_NAMES,
  type SplitName,
  type Splits,
  splitOverlaps,
} from "./splits.ts";

export interface PairOverlap {
  readonly first: SplitName;
  readonly second: SplitName;
  /** Bases in both. */
  readonly bases: number;
  /** Bases of the second, the one that is held out. */
  readonly ofBases: number;
  /** The shared stretches, the longest first. */
  readonly stretches: readonly Interval[];
}

/** Returns every pair of splits that share bases, the training split first. */
export function pairOverlaps(splits: Splits): PairOverlap[] {
  const overlaps = splitOverlaps(splits);
  return SPLIT_NAMES.flatMap((first, i) =>
    SPLIT_NAMES.slice(i + 1).flatMap((second) => {
      const stretches = overlaps
        .filter((overlap) => overlap.first === first && overlap.second === second)
        .map(({ interval }) => interval)
        .sort((a, b) => intervalLength(b) - intervalLength(a));
      if (stretches.length === 0) return [];
      const ofBases = totalBases(mergeIntervals(splits[second]));
      return [{ first, second, bases: totalBases(stretches), ofBases, stretches }];
    }),
  );
}

/** `train and test share 100 bases (10 % of test)`. */
export function formatPairOverlap({ first, second, bases, ofBases }: PairOverlap): string {
  const share = Number(((100 * bases) / ofBases).toPrecision(3));
  return `${first} and ${second} share ${formatCount(bases)} ${bases === 1 ? "base" : "bases"} (${share} % of ${second})`;
}

/** Stretches that a refusal names. */
const NAMED = 3;

/** @throws {RegionError} naming the largest overlaps, where two splits share a base */
export function expectDisjoint(splits: Splits): void {
  const pairs = pairOverlaps(splits);
  if (pairs.length === 0) return;
  const said = pairs.map((pair) => {
    const more = pair.stretches.length - NAMED;
    const named = pair.stretches.slice(0, NAMED).map(formatRegion).join(" ");
    return `${formatPairOverlap(pair)}: ${named}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
  });
  throw new RegionError(
    `expected splits without a base in common (--strict-split), but ${said.join("; ")} (cut the regions, or leave the flag out)`,
  );
}

function totalBases(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, interval) => sum + intervalLength(interval), 0);
}
