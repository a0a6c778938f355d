/** Labelled sequences as a table that `gdiff finetune` reads, with the groups of those that overlap. */

import type {
  LabelledSequence,
  LabelledSequences,
} from "../../src/data/labelled/labelled-sequence.ts";
import type { Column, Table } from "../../src/data/table/table.ts";
import { decodeIds } from "../../src/tokens/encode.ts";
import { overlapGroups } from "../labelled/labelled-parts.ts";

/** Its column of groups. */
export const GROUP_COLUMN = "group";

/**
 * Returns id, sequence, label, contig, start, end, strand and group. The groups are those of `overlapGroups`, found here once
 * for all that split the table or draw from it.
 */
export function sequenceTable({ classes, sequences }: LabelledSequences): Table {
  const text = (name: string, take: (sequence: LabelledSequence) => string): Column => ({
    ...{ name, type: "utf8", values: sequences.map(take) },
  });
  const place = (name: "start" | "end"): Column => ({
    ...{ name, type: "int64", values: sequences.map(({ interval }) => interval?.[name] ?? 0) },
  });
  const columns = [
    text("id", ({ id }) => id),
    text("sequence", ({ ids }) => decodeIds(ids)),
    text("label", ({ label }) => classes[label] as string),
    text("contig", ({ interval }) => interval?.contig ?? ""), // without it a row has no coordinates
    ...[place("start"), place("end")],
    text("strand", ({ interval }) => interval?.strand ?? ""),
    { name: GROUP_COLUMN, type: "int32", values: overlapGroups(sequences) } as const,
  ];
  return { columns, metadata: {} };
}
