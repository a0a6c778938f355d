/** Tables of the same columns as one Arrow IPC file, a record batch each: memory does not grow with the file. */

import { arrowBatch } from "./arrow-batch.ts";
import { collectPieces } from "./arrow-pieces.ts";
import type { Table } from "./table.ts";

/**
 * Yields the file's bytes in order, those of a table before the next is asked for; a piece may be kept. Metadata are those of
 * the first table.
 *
 * @param tables at least one
 * @throws {RangeError} when there is none, or columns differ in names or types from those of the first
 */
export async function* arrowBatches(
  tables: Iterable<Table> | AsyncIterable<Table>,
): AsyncGenerator<Uint8Array> {
  const arrow = await import("apache-arrow");
  const writer = new arrow.RecordBatchFileWriter();
  const pieces: Uint8Array[] = [];
  let first: Table | undefined;
  for await (const table of tables) {
    const batch = arrowBatch(arrow, table);
    if (first === undefined) writer.reset(collectPieces(arrow, pieces), batch.schema);
    first ??= table;
    expectSameColumns(table, first);
    writer.write(batch);
    yield* pieces.splice(0);
  }
  if (first === undefined) throw new RangeError("internal: expected at least one table, got none");
  writer.finish();
  yield* pieces.splice(0);
}

function expectSameColumns(table: Table, first: Table): void {
  const [got, expected] = [columnsText(table), columnsText(first)];
  if (got === expected) return;
  throw new RangeError(`internal: expected the columns ${expected} in every table, got ${got}`);
}

function columnsText({ columns }: Table): string {
  return columns
    .map((one) => `${one.name} ${one.type}${one.type === "float32s" ? one.width : ""}`)
    .join(", ");
}
