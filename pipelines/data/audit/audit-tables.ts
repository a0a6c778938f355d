/** The rows of an audit as tables. */

import type { LeakageRow } from "../../../src/data/audit/leakage.ts";
import type { Column, Table } from "../../../src/data/table/table.ts";
import type { FoundCopy } from "./audit-splits.ts";

/** One row a set and class; the class of a whole set is empty. */
export function leakageTable(rows: readonly LeakageRow[]): Table {
  const counts = (name: string, of: (row: LeakageRow) => number): Column => ({
    name,
    type: "int32",
    values: Int32Array.from(rows, of),
  });
  return {
    columns: [
      { name: "set", type: "utf8", values: rows.map(({ set }) => set) },
      { name: "class", type: "utf8", values: rows.map(({ label }) => label ?? "") },
      counts("tests", ({ tests }) => tests),
      counts("overlapping", ({ overlapping }) => overlapping),
      counts("halfCovered", ({ halfCovered }) => halfCovered),
      counts("halfCoveredSameLabel", ({ halfCoveredSameLabel }) => halfCoveredSameLabel),
      counts("copies", ({ copies }) => copies),
      counts("copiesOtherLabel", ({ copiesOtherLabel }) => copiesOtherLabel),
      counts("trains", ({ trains }) => trains),
      counts("repeatedTrains", ({ repeatedTrains }) => repeatedTrains),
    ],
    metadata: {},
  };
}

/** One row a window and strand: the held-out window, and its first place in the other split. */
export function copiesTable(
  copies: readonly FoundCopy[],
  metadata: Readonly<Record<string, string>>,
): Table {
  const text = (name: string, of: (copy: FoundCopy) => string): Column => ({
    name,
    type: "utf8",
    values: copies.map(of),
  });
  const positions = (name: string, of: (copy: FoundCopy) => number): Column => ({
    name,
    type: "int64",
    values: Float64Array.from(copies, of),
  });
  return {
    columns: [
      text("split", ({ heldOut }) => heldOut),
      text("contig", ({ window }) => window.contig),
      positions("start", ({ window }) => window.start),
      positions("end", ({ window }) => window.end),
      text("foundIn", ({ from }) => from),
      text("foundContig", ({ place }) => place.contig),
      positions("foundStart", ({ place }) => place.start),
      positions("foundEnd", ({ place }) => place.end),
      text("strand", ({ strand }) => strand),
    ],
    metadata,
  };
}
