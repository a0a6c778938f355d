/** One row a generated sequence, with all that is needed to make it again. */

import type { Column, Table } from "../../src/data/table/table.ts";
import type { GeneratedSequence } from "./generated-sequence.ts";
import type { SampleOrigin } from "./provenance.ts";

/** The table beside `--out`. A row is made again by its seed, sample number, calls, checkpoint and the table's metadata. */
export function sampleTable(
  sequences: readonly GeneratedSequence[],
  { settings, constraints, ...origin }: SampleOrigin,
): Table {
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
      ...designColumns(sequences),
      ...nelboColumns(sequences),
    ],
    metadata: Object.fromEntries(
      Object.entries({
        ...{ ...origin, ...settings },
        ...(constraints === undefined ? {} : { constraints: constraints.whole }),
      }).map(([key, value]) => [key, String(value)]),
    ),
  };
}

/** Where motifs were put, and how often a sequence had broken a constraint before. */
function designColumns(sequences: readonly GeneratedSequence[]): Column[] {
  const redraws = sequences.flatMap((sequence) => sequence.redraws ?? []);
  if (redraws.length === 0) return [];
  const inserted = sequences.map(({ inserts = [] }) => inserts.join(","));
  return [
    { name: "inserted", type: "utf8", values: inserted },
    { name: "redraws", type: "int32", values: Int32Array.from(redraws) },
  ];
}

/** −log p of sequences or its bounds, as `likelihood` of the metadata says; of bounds by several draws, their standard errors too. */
function nelboColumns(sequences: readonly GeneratedSequence[]): Column[] {
  const scored = sequences.flatMap(({ nelbo }) => (nelbo === undefined ? [] : [nelbo]));
  if (scored.length === 0) return [];
  const errors = scored.flatMap(({ standardErrorNats: error }) =>
    error === undefined ? [] : [error],
  );
  const nats = Float64Array.from(scored, (sequence) => sequence.nats);
  const columns: Column[] = [{ name: "nelboNats", type: "float64", values: nats }];
  if (errors.length === scored.length) {
    const values = Float64Array.from(errors);
    columns.push({ name: "nelboStandardErrorNats", type: "float64", values });
  }
  return columns;
}
