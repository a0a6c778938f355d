/** Windows to the bytes of an Arrow IPC file, a batch at a time: memory does not grow with the file. */

import type * as arrowModule from "apache-arrow";
import { collectPieces } from "../table/arrow-pieces.ts";
import type { Window } from "../window.ts";
import { contigType, shardRowBytes, shardSchema } from "./shard-columns.ts";
import { packSoftMask, softMaskBytes } from "./soft-mask-bits.ts";

type Arrow = typeof arrowModule;

/** Bytes of a record batch, or one window where that is more. */
const BATCH_BYTES = 2 ** 20;

export interface ShardContent {
  /** Bases of every window. */
  readonly length: number;
  /** Names of all contigs that the windows lie on. */
  readonly contigs: readonly string[];
  /** Text about the shard, kept in its schema. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Yields the file's bytes in order; equal windows give equal bytes. A piece may be kept. */
export async function* encodeShard(
  windows: AsyncIterable<Window>,
  content: ShardContent,
): AsyncGenerator<Uint8Array> {
  const arrow = await import("apache-arrow");
  const schema = shardSchema(arrow, content.length, content.metadata);
  const batch = batchBuilder(arrow, schema, content);
  const pieces: Uint8Array[] = [];
  const writer = new arrow.RecordBatchFileWriter();
  writer.reset(collectPieces(arrow, pieces), schema);
  for await (const window of windows) {
    batch.add(window);
    if (!batch.isFull()) continue;
    writer.write(batch.take());
    yield* pieces.splice(0);
  }
  if (!batch.isEmpty()) writer.write(batch.take());
  writer.finish();
  yield* pieces.splice(0);
}

interface BatchBuilder {
  add(window: Window): void;
  isFull(): boolean;
  isEmpty(): boolean;
  /** Returns what was added as a batch, and begins the next. */
  take(): arrowModule.RecordBatch;
}

function batchBuilder(
  arrow: Arrow,
  schema: arrowModule.Schema,
  { length, contigs }: ShardContent,
): BatchBuilder {
  const capacity = Math.max(1, Math.floor(BATCH_BYTES / shardRowBytes(length)));
  const maskBytes = softMaskBytes(length);
  const indexOf = new Map(contigs.map((name, index) => [name, index]));
  const dictionary = arrow.vectorFromArray(contigs, new arrow.Utf8());
  const type = contigType(arrow);
  const makeColumns = () => ({
    ids: new Uint8Array(capacity * length),
    softMasked: new Uint8Array(capacity * maskBytes),
    contig: new Int32Array(capacity),
    start: new BigInt64Array(capacity),
    strand: new Uint8Array(capacity),
  });
  const offsets = Int32Array.from({ length: capacity + 1 }, (_, row) => row);
  let columns = makeColumns();
  let rows = 0;
  return {
    add({ ids, isSoftMasked, interval, strand }) {
      const contig = indexOf.get(interval.contig);
      if (contig === undefined || ids.length !== length) {
        throw new RangeError(
          `internal: expected windows of ${length} bases on ${contigs.length} contigs, got ${ids.length} on ${interval.contig}`,
        );
      }
      columns.ids.set(ids, rows * length);
      packSoftMask(
        isSoftMasked,
        columns.softMasked.subarray(rows * maskBytes, (rows + 1) * maskBytes),
      );
      columns.contig[rows] = contig;
      columns.start[rows] = BigInt(interval.start);
      columns.strand[rows] = strand.charCodeAt(0);
      rows++;
    },
    isFull: () => rows === capacity,
    isEmpty: () => rows === 0,
    take() {
      const { ids, softMasked, contig, start, strand } = columns;
      const binary = (width: number, data: Uint8Array) =>
        arrow.makeData({
          type: new arrow.FixedSizeBinary(width),
          length: rows,
          nullCount: 0,
          data: data.subarray(0, rows * width),
        });
      const index = contig.subarray(0, rows);
      const children: arrowModule.Data[] = [
        binary(length, ids),
        binary(maskBytes, softMasked),
        arrow.makeData({ type, length: rows, nullCount: 0, data: index, dictionary }),
        arrow.makeData({
          type: new arrow.Int64(),
          length: rows,
          nullCount: 0,
          data: start.subarray(0, rows),
        }),
        arrow.makeData({
          type: new arrow.Utf8(),
          length: rows,
          nullCount: 0,
          valueOffsets: offsets.subarray(0, rows + 1),
          data: strand.subarray(0, rows),
        }),
      ];
      const struct = new arrow.Struct(schema.fields);
      const data = arrow.makeData({ type: struct, length: rows, nullCount: 0, children });
      columns = makeColumns();
      rows = 0;
      return new arrow.RecordBatch(schema, data);
    },
  };
}
