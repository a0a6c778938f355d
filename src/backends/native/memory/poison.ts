/**
 * What free and unwritten memory holds while tests look for kernels that read what they must not: a NaN as float32,
 * 2143346349 as int32.
 */

const POISON = 0x7fc0dead;

/** Overwrites `buffer` from the byte `from` (a multiple of 4) on. */
export function poison(buffer: ArrayBufferLike, from = 0): void {
  new Int32Array(buffer, from, Math.floor((buffer.byteLength - from) / 4)).fill(POISON);
}

/** Whether nothing wrote to `buffer` from the byte `from` on since it was poisoned. */
export function isPoisoned(buffer: ArrayBufferLike, from = 0): boolean {
  return new Int32Array(buffer, from, Math.floor((buffer.byteLength - from) / 4)).every(
    (word) => word === POISON,
  );
}
