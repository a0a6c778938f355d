/**
 * A micro-batch as bytes that one thread hands another: bases (float64), weights (float32), where rows have noise its levels (float32),
 * where they are cut their lengths (uint32), clean and noisy ids.
 */

import type { MicroBatch } from "./micro-batch.ts";

const HEADER_BYTES = 8;

/** What both threads know of the micro-batches. */
export interface PackedShape {
  readonly batch: number;
  readonly length: number;
  /** Whether they have `levels`. */
  readonly isToldNoise: boolean;
  /** Whether they have `lengths`. */
  readonly hasLengths: boolean;
}

/** Bytes of a micro-batch. */
export function microBatchBytes(shape: PackedShape): number {
  const { batch, length, isToldNoise, hasLengths } = shape;
  return HEADER_BYTES + 6 * batch * length + 4 * batch * (Number(isToldNoise) + Number(hasLengths));
}

/** Writes a micro-batch into `into`, which begins at a multiple of 8 bytes of its buffer and has room. */
export function packMicroBatch(
  { batch, length, bases, weight, levels, lengths, x0, xt }: MicroBatch,
  into: Uint8Array,
): void {
  const at = views(into, {
    ...{ batch, length, isToldNoise: levels !== undefined, hasLengths: lengths !== undefined },
  });
  at.header[0] = bases;
  at.weight.set(weight);
  if (levels !== undefined) at.levels.set(levels);
  if (lengths !== undefined) at.lengths.set(lengths);
  at.x0.set(x0);
  at.xt.set(xt);
}

/** Returns the micro-batch in `bytes`, as views of them. */
export function unpackMicroBatch(bytes: Uint8Array<ArrayBuffer>, shape: PackedShape): MicroBatch {
  const { batch, length, isToldNoise, hasLengths } = shape;
  const { header, levels, lengths, ...arrays } = views(bytes, shape);
  return {
    ...{ batch, length, ...arrays, bases: header[0] as number },
    ...(isToldNoise ? { levels } : {}),
    ...(hasLengths ? { lengths: [...lengths] } : {}),
  };
}

function views(bytes: Uint8Array, { batch, length, isToldNoise, hasLengths }: PackedShape) {
  const { buffer, byteOffset } = bytes;
  const count = batch * length;
  const levelCount = isToldNoise ? batch : 0;
  const levels = byteOffset + HEADER_BYTES + 4 * count;
  const lengthCount = hasLengths ? batch : 0;
  const lengths = levels + 4 * levelCount;
  const ids = lengths + 4 * lengthCount;
  return {
    header: new Float64Array(buffer, byteOffset, 1),
    weight: new Float32Array(buffer, byteOffset + HEADER_BYTES, count),
    levels: new Float32Array(buffer, levels, levelCount),
    lengths: new Uint32Array(buffer, lengths, lengthCount),
    x0: new Uint8Array(buffer, ids, count),
    xt: new Uint8Array(buffer, ids + count, count),
  };
}
