/** One row a generated sequence, with all that is needed to make it again. */

import type { Table } from "../../src/data/table/table.ts";
import type { GeneratedSequence } from "./run.ts";

/** The columns of the table beside `--out`. */
export function sampleTable(
  sequences: readonly GeneratedSequence[],
  metadata: Readonly<Record<string, string>>,
): Table {
  return {
    columns: [
      { name: "id", type: "utf8", values: sequences.map(({ id }) => id) },
      { name: "sample", type: "int32", values: Int32Array.from(sequences, ({ sample }) => sample) },
      { name: "calls", type: "int32", values: Int32Array.from(sequences, ({ calls }) => calls) },
      { name: "freeBases", type: "int32", values: Int32Array.from(sequences, ({ free }) => free) },
      { name: "sequence", type: "utf8", values: sequences.map(({ sequence }) => sequence) },
    ],
    metadata,
  };
}
