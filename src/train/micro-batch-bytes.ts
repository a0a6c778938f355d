/**
 * A micro-batch as bytes that one thread hands another: bases (float64), weights (float32), where rows have noise its levels (float32),
 * clean and noisy ids.
 */

import type { MicroBatch } from "./micro-batch.ts";

const HEADER_BYTES = 8;

/** What both threads know of the micro-batches. */
export interface PackedShape {
  readonly batch: number;
  readonly length: number;
  /** Whether they have `levels`. */
  readonly isToldNoise: boolean;
}

/** Bytes of a micro-batch. */
export function microBatchBytes({ batch, length, isToldNoise }: PackedShape): number {
  return HEADER_BYTES + 6 * batch * length + (isToldNoise ? 4 * batch : 0);
}

/** Writes a micro-batch into `into`, which begins at a multiple of 8 bytes of its buffer and has room. */
export function packMicroBatch(
  { batch, length, bases, weight, levels, x0, xt }: MicroBatch,
  into: Uint8Array,
): void {
  const at = views(into, { batch, length, isToldNoise: levels !== undefined });
  at.header[0] = bases;
  at.weight.set(weight);
  if (levels !== undefined) at.levels.set(levels);
  at.x0.set(x0);
  at.xt.set(xt);
}

/** Returns the micro-batch in `bytes`, as views of them. */
export function unpackMicroBatch(bytes: Uint8Array<ArrayBuffer>, shape: PackedShape): MicroBatch {
  const { batch, length, isToldNoise } = shape;
  const { header, levels, ...arrays } = views(bytes, shape);
  return {
    ...{ batch, length, ...arrays, bases: header[0] as number },
    ...(isToldNoise ? { levels } : {}),
  };
}

function views(bytes: Uint8Array, { batch, length, isToldNoise }: PackedShape) {
  const { buffer, byteOffset } = bytes;
  const count = batch * length;
  const levelCount = isToldNoise ? batch : 0;
  const levels = byteOffset + HEADER_BYTES + 4 * count;
  const ids = levels + 4 * levelCount;
  return {
    header: new Float64Array(buffer, byteOffset, 1),
    weight: new Float32Array(buffer, byteOffset + HEADER_BYTES, count),
    levels: new Float32Array(buffer, levels, levelCount),
    x0: new Uint8Array(buffer, ids, count),
    xt: new Uint8Array(buffer, ids + count, count),
  };
}
