/** One row a generated sequence, with all that is needed to make it again. */

import type { Table } from "../../src/data/table/table.ts";
import type { GeneratedSequence } from "./run.ts";

/** Where all of a table's sequences come from. */
export interface SampleOrigin {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  readonly seed: number;
  readonly method: string;
  readonly temperature: number;
}

/** The table beside `--out`. A row is made again by its seed, sample number, calls and checkpoint. */
export function sampleTable(sequences: readonly GeneratedSequence[], origin: SampleOrigin): Table {
  const same = <T>(value: T): T[] => sequences.map(() => value);
  return {
    columns: [
      { name: "id", type: "utf8", values: sequences.map(({ id }) => id) },
      { name: "sample", type: "int64", values: sequences.map(({ sample }) => sample) },
      { name: "seed", type: "int64", values: same(origin.seed) },
      { name: "calls", type: "int32", values: Int32Array.from(sequences, ({ calls }) => calls) },
      { name: "freeBases", type: "int32", values: Int32Array.from(sequences, ({ free }) => free) },
      { name: "run", type: "utf8", values: same(origin.run) },
      { name: "checkpointSha256", type: "utf8", values: same(origin.checkpointSha256) },
      { name: "sequence", type: "utf8", values: sequences.map(({ sequence }) => sequence) },
    ],
    metadata: Object.fromEntries(
      Object.entries(origin).map(([key, value]) => [key, String(value)]),
    ),
  };
}
