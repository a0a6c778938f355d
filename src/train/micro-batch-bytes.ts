/** A micro-batch as bytes that one thread hands another: bases (float64), weights (float32), clean and noisy ids. */

import type { MicroBatch } from "./micro-batch.ts";

const HEADER_BYTES = 8;

type Shape = Pick<MicroBatch, "batch" | "length">;

/** Bytes of a micro-batch. */
export function microBatchBytes({ batch, length }: Shape): number {
  return HEADER_BYTES + 6 * batch * length;
}

/** Writes a micro-batch into `into`, which begins at a multiple of 8 bytes of its buffer and has room. */
export function packMicroBatch({ bases, weight, x0, xt }: MicroBatch, into: Uint8Array): void {
  const at = views(into, x0.length);
  at.header[0] = bases;
  at.weight.set(weight);
  at.x0.set(x0);
  at.xt.set(xt);
}

/** Returns the micro-batch in `bytes`, as views of them. */
export function unpackMicroBatch(
  bytes: Uint8Array<ArrayBuffer>,
  { batch, length }: Shape,
): MicroBatch {
  const { header, ...arrays } = views(bytes, batch * length);
  return { batch, length, ...arrays, bases: header[0] as number };
}

function views(bytes: Uint8Array, count: number) {
  const { buffer, byteOffset } = bytes;
  const ids = byteOffset + HEADER_BYTES + 4 * count;
  return {
    header: new Float64Array(buffer, byteOffset, 1),
    weight: new Float32Array(buffer, byteOffset + HEADER_BYTES, count),
    x0: new Uint8Array(buffer, ids, count),
    xt: new Uint8Array(buffer, ids + count, count),
  };
}
