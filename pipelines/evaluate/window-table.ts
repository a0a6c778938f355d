/** One row a window, for other tools. */

import type { Table } from "../../src/data/table/table.ts";
import type { ScoredWindow } from "./score-windows.ts";

/** The columns of `gdiff evaluate --table`; coordinates as in BED, nats of the whole window. */
export function windowTable(
  windows: readonly ScoredWindow[],
  metadata: Readonly<Record<string, string>>,
): Table {
  const text = (value: (window: ScoredWindow) => string): string[] => windows.map(value);
  const integers = (value: (window: ScoredWindow) => number): Int32Array =>
    Int32Array.from(windows, value);
  const numbers = (value: (window: ScoredWindow) => number): Float64Array =>
    Float64Array.from(windows, value);
  return {
    columns: [
      { name: "contig", type: "utf8", values: text(({ interval }) => interval.contig) },
      { name: "start", type: "int64", values: numbers(({ interval }) => interval.start) },
      { name: "end", type: "int64", values: numbers(({ interval }) => interval.end) },
      { name: "strand", type: "utf8", values: text(() => "+") },
      { name: "scoredBases", type: "int32", values: integers(({ scoredBases }) => scoredBases) },
      { name: "softMaskedShare", type: "float64", values: numbers(softMaskedShare) },
      { name: "nats", type: "float64", values: numbers(({ nats }) => nats) },
      { name: "draws", type: "int32", values: integers(({ draws }) => draws.length) },
      {
        name: "standardError",
        type: "float64",
        values: numbers(({ standardErrorNats }) => standardErrorNats ?? Number.NaN),
      },
    ],
    metadata,
  };
}

function softMaskedShare({ softMaskedBases, scoredBases }: ScoredWindow): number {
  return scoredBases === 0 ? 0 : softMaskedBases / scoredBases;
}
