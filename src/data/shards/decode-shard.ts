/** The windows of a token shard's bytes. Whether the bytes are whole and the right ones is for their hash to say first. */

import type * as arrowModule from "apache-arrow";
import { GdiffError, ShardError } from "../../errors.ts";
import type { Strand } from "../../genome/interval.ts";
import { N_ID } from "../../tokens/alphabet.ts";
import { firstAbove } from "../../util/first-above.ts";
import type { Window } from "../window.ts";
import { softMaskBytes, unpackSoftMask } from "./soft-mask-bits.ts";

type Arrow = typeof arrowModule;

export interface DecodedShard {
  readonly rows: number;
  /** Returns window `row`; its ids are a view of the shard. @throws {ShardError} when the row holds what no window does */
  window(row: number): Window;
}

/**
 * Decodes a shard in place; apache-arrow is loaded on the first call.
 *
 * @param length bases of a window
 * @throws {ShardError} when the bytes are no Arrow IPC file of a shard's columns
 */
export async function decodeShard(
  bytes: Uint8Array,
  length: number,
  path: string,
): Promise<DecodedShard> {
  const arrow = await import("apache-arrow");
  try {
    return decode(arrow, bytes, length, path);
  } catch (cause) {
    if (cause instanceof GdiffError) throw cause;
    throw new ShardError(
      `${path}: expected an Arrow IPC file with its footer, got ${bytes.length} bytes that the reader refuses`,
      { cause },
    );
  }
}

interface Batch {
  /** Row of the shard that it begins at. */
  readonly first: number;
  readonly ids: Uint8Array;
  readonly softMasked: Uint8Array;
  readonly contig: arrowModule.Vector;
  readonly start: BigInt64Array;
  readonly strand: arrowModule.Vector;
}

function decode(arrow: Arrow, bytes: Uint8Array, length: number, path: string): DecodedShard {
  const table = arrow.tableFromIPC(bytes);
  expectColumns(arrow, table.schema, length, path);
  const batches: Batch[] = [];
  let rows = 0;
  for (const batch of table.batches) {
    const column = (index: number): arrowModule.Vector =>
      batch.getChildAt(index) as arrowModule.Vector;
    const values = (index: number): unknown => column(index).data[0]?.values;
    batches.push({
      first: rows,
      ids: values(0) as Uint8Array,
      softMasked: values(1) as Uint8Array,
      contig: column(2),
      start: values(3) as BigInt64Array,
      strand: column(4),
    });
    rows += batch.numRows;
  }
  const maskBytes = softMaskBytes(length);
  return {
    rows,
    window(row) {
      const batch = batches[lastAtMost(batches, row)];
      if (batch === undefined || row >= rows) {
        throw new RangeError(`internal: expected a row below ${rows} of ${path}, got ${row}`);
      }
      const at = row - batch.first;
      const ids = batch.ids.subarray(at * length, (at + 1) * length);
      const bits = batch.softMasked.subarray(at * maskBytes, (at + 1) * maskBytes);
      const contig: unknown = batch.contig.get(at);
      const start = Number(batch.start[at]);
      const strand: unknown = batch.strand.get(at);
      const isWindow =
        ids.length === length &&
        ids.every((id) => id <= N_ID) &&
        typeof contig === "string" &&
        Number.isSafeInteger(start) &&
        isStrand(strand);
      if (!isWindow) {
        throw new ShardError(
          `${path}: expected a window of ${length} ids 0 … ${N_ID} on a strand of a contig in row ${row}, got something else`,
        );
      }
      return {
        interval: { contig, start, end: start + length },
        strand,
        ids,
        isSoftMasked: unpackSoftMask(bits, length),
      };
    },
  };
}

function isStrand(value: unknown): value is Strand {
  return value === "+" || value === "-";
}

function expectColumns(
  arrow: Arrow,
  { fields }: arrowModule.Schema,
  length: number,
  path: string,
): void {
  const expected =
    `ids: FixedSizeBinary[${length}], softMasked: FixedSizeBinary[${softMaskBytes(length)}], ` +
    "contig: Dictionary<Int32, Utf8>, start: Int64, strand: Utf8";
  const got = fields
    .map(({ name, type }) => {
      if (!arrow.DataType.isDictionary(type)) return `${name}: ${type}`;
      return `${name}: Dictionary<${type.indices}, ${type.dictionary}>`;
    })
    .join(", ");
  if (got === expected) return;
  throw new ShardError(`${path}: expected a shard's columns ${expected}, got ${got}`);
}

/** Index of the last batch that begins at or before `row`. */
function lastAtMost(batches: readonly Batch[], row: number): number {
  return firstAbove(batches.length, (at) => (batches[at] as Batch).first, row) - 1;
}
