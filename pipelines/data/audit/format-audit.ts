/** Audits as text. */

import type { LeakageRow } from "../../../src/data/audit/leakage.ts";
import { formatRegion } from "../../../src/genome/region.ts";
import { formatCount, formatOneLine } from "../../../src/util/format.ts";
import type { AuditedPair, SplitsAudit } from "./audit-splits.ts";

/** Lines for labelled sets: a line a set, its classes below it. */
export function formatLeakage(rows: readonly LeakageRow[]): string[] {
  const header = [
    "test intervals that training intervals give away, strands not looked at",
    "",
    "",
  ];
  const table = [
    [
      "",
      "test",
      "any overlap",
      "≥ half, any label",
      "≥ half, same label",
      "copies",
      "train",
      "repeated",
    ],
    ...rows.map((row) => [
      row.label === undefined ? row.set : `  ${row.label}`,
      formatCount(row.tests),
      share(row.overlapping, row.tests),
      share(row.halfCovered, row.tests),
      share(row.halfCoveredSameLabel, row.tests),
      share(row.copies, row.tests),
      formatCount(row.trains),
      formatCount(row.repeatedTrains),
    ]),
  ];
  const conflicts = rows
    .filter(({ label }) => label === undefined)
    .reduce((sum, { copiesOtherLabel }) => sum + copiesOtherLabel, 0);
  return [
    header[0] as string,
    "",
    ...columns(table),
    "",
    "≥ half: one training interval covers at least half of the test interval; copies: the same contig, start and end; repeated:",
    "training intervals that are there before with their label; copies with another label: " +
      `${conflicts === 0 ? "none" : formatCount(conflicts)}`,
  ];
}

/** Lines for a genome's splits. */
export function formatSplitsAudit(what: string, length: number, audit: SplitsAudit): string[] {
  const splits = [
    ["split", "bases", "windows", "looked for", "left out for N"],
    ...audit.splits.map(({ split, bases, windows, sought, withN }) => [
      split,
      formatCount(bases),
      formatCount(windows),
      split === "train" ? "–" : formatCount(sought),
      split === "train" ? "–" : formatCount(withN),
    ]),
  ];
  const sought = new Map(audit.splits.map((split) => [split.split, split]));
  const pairs = [
    [
      "in",
      "of",
      "shared bases",
      "windows that touch them",
      "windows with a copy",
      "as they stand",
      "reverse complement",
    ],
    ...audit.pairs.map((pair) => {
      const heldOut = sought.get(pair.heldOut);
      return [
        pair.from,
        pair.heldOut,
        share(pair.sharedBases, heldOut?.bases ?? 0),
        share(pair.touchingWindows, heldOut?.windows ?? 0),
        share(pair.copiedWindows, heldOut?.sought ?? 0),
        formatCount(pair.copies),
        formatCount(pair.reverseCopies),
      ];
    }),
  ];
  return [
    `splits of ${what}, windows of ${formatCount(length)} bases`,
    "",
    ...columns(splits),
    "",
    ...columns(pairs, 2),
    ...audit.pairs.flatMap(largest),
    "",
    "a copy: all bases of a held-out window, side by side from the first base of its region, at any other place of the split",
  ];
}

function largest({ from, heldOut, largest }: AuditedPair): string[] {
  if (largest.length === 0) return [];
  return ["", `${from} and ${heldOut} share most at ${largest.map(formatRegion).join(" ")}`];
}

/** `12 (3.4 %)`, of nothing `0`. */
function share(count: number, of: number): string {
  if (of === 0) return formatCount(count);
  return `${formatCount(count)} (${((100 * count) / of).toFixed(1)} %)`;
}

/** The first `left` columns at their left edge, numbers at their right. */
function columns(table: readonly (readonly string[])[], left = 1): string[] {
  const widths =
    table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  return table.map((row) =>
    formatOneLine(
      row
        .map((cell, i) => (i < left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    ),
  );
}
