/** What the splits of a genome share: bases, and windows that occur in another split too. */

import {
  findCopies,
  MOST_WINDOWS,
  seekWindows,
  type WindowCopy,
} from "../../../src/data/audit/window-copies.ts";
import { pairOverlaps } from "../../../src/data/split-overlap-report.ts";
import type { SplitName, Splits } from "../../../src/data/splits.ts";
import { untouchedTiles } from "../../../src/data/subtract-intervals.ts";
import { spreadTiles, tileCount } from "../../../src/data/tiles.ts";
import type { Genome } from "../../../src/genome/genome.ts";
import { type Interval, intervalLength } from "../../../src/genome/interval.ts";
import type { PipelineIo } from "../../io.ts";
import { turn } from "../../stop.ts";

/** A split by itself. */
export interface AuditedSplit {
  readonly split: SplitName;
  readonly bases: number;
  /** Windows side by side from the first base of each interval. */
  readonly windows: number;
  /** Those that were looked for in other splits: all but what is beyond the limit of memory, and what holds an N. */
  readonly sought: number;
  /** Looked at, but left out for an N. */
  readonly withN: number;
}

/** What a split gives away of another, the one that is held out. */
export interface AuditedPair {
  readonly from: SplitName;
  readonly heldOut: SplitName;
  readonly sharedBases: number;
  /** The longest stretches shared. */
  readonly largest: readonly Interval[];
  /** Windows of `heldOut` that share a base with `from`. */
  readonly touchingWindows: number;
  /** Sought windows whose bases occur elsewhere in `from`, as they stand, reverse-complemented, and either. */
  readonly copies: number;
  readonly reverseCopies: number;
  readonly copiedWindows: number;
}

export interface FoundCopy extends WindowCopy {
  readonly from: SplitName;
  readonly heldOut: SplitName;
}

export interface SplitsAudit {
  readonly splits: readonly AuditedSplit[];
  readonly pairs: readonly AuditedPair[];
  readonly copies: readonly FoundCopy[];
}

const NAMED = 3;
const PAIRS = [
  ["train", "valid"],
  ["train", "test"],
  ["valid", "test"],
] as const;

/** Reads the held-out splits, and then once what their windows are looked for in. */
export async function auditSplits(
  genome: Genome,
  splits: Splits,
  length: number,
  io: Pick<PipelineIo, "signal" | "progress">,
): Promise<SplitsAudit> {
  const windows = {
    valid: spreadTiles(splits.valid, length, MOST_WINDOWS / 2),
    test: spreadTiles(splits.test, length, MOST_WINDOWS / 2),
  };
  const passes = [
    { from: "train", sought: [...windows.valid, ...windows.test] },
    { from: "valid", sought: windows.test },
  ] as const;
  const total = passes.reduce(
    (sum, { from, sought }) => sum + totalBases(splits[from]) + totalBases(sought),
    0,
  );
  let done = 0;
  const onPiece = async (read: number): Promise<void> => {
    done += read;
    io.progress.update(done, total, "bases read");
    await turn(io.signal);
  };

  const isValid = new Set<Interval>(windows.valid);
  const withN = new Set<Interval>();
  const copies: FoundCopy[] = [];
  try {
    for (const { from, sought } of passes) {
      const found = await seekWindows(genome, sought, length, onPiece);
      for (const window of found.withN) withN.add(window);
      for (const copy of await findCopies(genome, found, splits[from], length, onPiece)) {
        copies.push({ from, heldOut: isValid.has(copy.window) ? "valid" : "test", ...copy });
      }
    }
  } finally {
    io.progress.finish();
  }
  const auditOf = (split: SplitName, soughtOf: readonly Interval[]): AuditedSplit => {
    const missing = soughtOf.filter((window) => withN.has(window)).length;
    return {
      split,
      bases: totalBases(splits[split]),
      windows: tileCount(splits[split], length).windows,
      sought: soughtOf.length - missing,
      withN: missing,
    };
  };
  return {
    splits: [auditOf("train", []), auditOf("valid", windows.valid), auditOf("test", windows.test)],
    pairs: PAIRS.map(([from, heldOut]) => auditPair(splits, from, heldOut, length, copies)),
    copies,
  };
}

function auditPair(
  splits: Splits,
  from: SplitName,
  heldOut: SplitName,
  length: number,
  copies: readonly FoundCopy[],
): AuditedPair {
  const overlap = pairOverlaps(splits).find(
    ({ first, second }) => first === from && second === heldOut,
  );
  const own = copies.filter((copy) => copy.from === from && copy.heldOut === heldOut);
  const untouched = untouchedTiles(splits[heldOut], length, splits[from]);
  return {
    from,
    heldOut,
    sharedBases: overlap?.bases ?? 0,
    largest: overlap?.stretches.slice(0, NAMED) ?? [],
    touchingWindows:
      tileCount(splits[heldOut], length).windows - tileCount(untouched, length).windows,
    copies: own.filter(({ strand }) => strand === "+").length,
    reverseCopies: own.filter(({ strand }) => strand === "-").length,
    copiedWindows: new Set(own.map(({ window }) => window)).size,
  };
}

function totalBases(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, interval) => sum + intervalLength(interval), 0);
}
