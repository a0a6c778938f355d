/** Audits as text. */

import type { LeakageRow } from "../../../src/data/audit/leakage.ts";
import { formatRegion } from "../../../src/genome/region.ts";
import { formatCount, formatOneLine } from "../../../src/util/format.ts";
import { formatTable } from "../text-table.ts";
import type { AuditedPair, SplitsAudit } from "./audit-splits.ts";

/** A labelled set's rows: a line a set, its classes below it. */
export function formatLeakage(rows: readonly LeakageRow[]): string {
  const head = [
    "",
    "test",
    "any overlap",
    "≥ half, any label",
    "≥ half, same label",
    "copies",
    "train",
    "repeated",
  ];
  const cells = rows.map((row) => [
    row.label === undefined ? row.set : `  ${row.label}`,
    formatCount(row.tests),
    share(row.overlapping, row.tests),
    share(row.halfCovered, row.tests),
    share(row.halfCoveredSameLabel, row.tests),
    share(row.copies, row.tests),
    formatCount(row.trains),
    formatCount(row.repeatedTrains),
  ]);
  const conflicts = rows
    .filter(({ label }) => label === undefined)
    .reduce((sum, { copiesOtherLabel }) => sum + copiesOtherLabel, 0);
  return [
    "test intervals that training intervals give away, strands not looked at\n\n",
    formatTable(head, cells, { right: [1, 2, 3, 4, 5, 6, 7] }),
    "\n≥ half: one training interval covers at least half of the test interval; copies: the same contig, start and end,\n",
    `with another label ${conflicts === 0 ? "none" : formatCount(conflicts)}; repeated: training intervals that are there before with their label\n`,
  ].join("");
}

/** The splits of a genome, and what pairs of them share. */
export function formatSplitsAudit(what: string, length: number, audit: SplitsAudit): string {
  const splits = audit.splits.map(({ split, bases, windows, sought, withN }) => [
    split,
    formatCount(bases),
    formatCount(windows),
    split === "train" ? "–" : formatCount(sought),
    split === "train" ? "–" : formatCount(withN),
  ]);
  const ofSplit = new Map(audit.splits.map((split) => [split.split, split]));
  const pairs = audit.pairs.map((pair) => {
    const heldOut = ofSplit.get(pair.heldOut);
    return [
      pair.from,
      pair.heldOut,
      share(pair.sharedBases, heldOut?.bases ?? 0),
      share(pair.touchingWindows, heldOut?.windows ?? 0),
      share(pair.copiedWindows, heldOut?.sought ?? 0),
      formatCount(pair.copies),
      formatCount(pair.reverseCopies),
    ];
  });
  const head = [
    "in",
    "of",
    "shared bases",
    "windows that touch them",
    "windows with a copy",
    "as they stand",
    "reverse complement",
  ];
  return [
    `splits of ${formatOneLine(what)}, windows of ${formatCount(length)} bases\n\n`,
    formatTable(["split", "bases", "windows", "looked for", "left out for N"], splits, {
      right: [1, 2, 3, 4],
    }),
    "\n",
    formatTable(head, pairs, { right: [2, 3, 4, 5, 6] }),
    ...audit.pairs.map(largest),
    "\na copy: all bases of a held-out window, side by side from the first base of its region, at any other place of the split\n",
  ].join("");
}

function largest({ from, heldOut, largest }: AuditedPair): string {
  if (largest.length === 0) return "";
  const regions = largest.map((interval) => formatOneLine(formatRegion(interval)));
  return `\n${from} and ${heldOut} share most at ${regions.join(" ")}\n`;
}

/** `12 (3.4 %)`, of nothing `0`. */
function share(count: number, of: number): string {
  if (of === 0) return formatCount(count);
  return `${formatCount(count)} (${((100 * count) / of).toFixed(1)} %)`;
}
