/** A table as an Arrow IPC file: one record batch, not compressed. */

import { arrowBatch } from "./arrow-batch.ts";
import type { Table } from "./table.ts";

/** Encodes `table`; apache-arrow is loaded on the first call. @throws {TableError} when a column has more text than it can hold */
export async function arrowBytes(table: Table): Promise<Uint8Array> {
  const arrow = await import("apache-arrow");
  const batch = arrowBatch(arrow, table);
  return arrow.tableToIPC(new arrow.Table(batch.schema, [batch]), "file");
}
