/**
 * What a token shard is: an Arrow IPC file with a row a window, that pyarrow, polars and the like open as it is.
 *
 * | column | Arrow type | |
 * |---|---|---|
 * | ids | fixed_size_binary[length] | a byte a base: A0 C1 G2 T3 N4 |
 * | softMasked | fixed_size_binary[ceil(length / 8)] | a bit a base, the first in the lowest bit (numpy: `unpackbits(…, bitorder="little")`) |
 * | contig | dictionary<int32, utf8> | |
 * | start | int64 | 0-based, on the forward strand |
 * | strand | utf8 | + or −; on − ids and bits are the reverse complement's |
 */

import type * as arrowModule from "apache-arrow";
import { LETTERS, N_ID } from "../../tokens/alphabet.ts";
import { softMaskBytes } from "./soft-mask-bits.ts";

type Arrow = typeof arrowModule;

/** A row's integers, text and offsets: dictionary index, start, strand with its offset. */
const ROW_OVERHEAD_BYTES = 4 + 8 + 1 + 4;

/** Bytes that a window takes in a shard, messages and footer apart. */
export function shardRowBytes(length: number): number {
  return length + softMaskBytes(length) + ROW_OVERHEAD_BYTES;
}

/** Returns the schema of shards whose windows have `length` bases. */
export function shardSchema(
  arrow: Arrow,
  length: number,
  metadata: Readonly<Record<string, string>>,
): arrowModule.Schema {
  const { Field, FixedSizeBinary, Int64, Schema, Utf8 } = arrow;
  const fields = [
    new Field("ids", new FixedSizeBinary(length), false),
    new Field("softMasked", new FixedSizeBinary(softMaskBytes(length)), false),
    new Field("contig", contigType(arrow), false),
    new Field("start", new Int64(), false),
    new Field("strand", new Utf8(), false),
  ];
  const described = {
    alphabet: LETTERS.slice(0, N_ID + 1).join(""),
    softMaskedBitOrder: "least significant bit first",
    length: String(length),
    ...metadata,
  };
  return new Schema(fields, new Map(Object.entries(described)));
}

/** Its id is given: the library would count through the process, and equal shards would differ. */
export function contigType(
  arrow: Arrow,
): arrowModule.Dictionary<arrowModule.Utf8, arrowModule.Int32> {
  return new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 0, false);
}
