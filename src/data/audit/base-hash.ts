/** What polynomial hashes of bases modulo 2^32 are made of (Karp and Rabin 1987). */

/** An odd multiplier and a value for each base. */
export interface BaseHash {
  readonly multiplier: number;
  /** Of A, C, G, T. */
  readonly values: Int32Array;
}

export const BASE_HASH_1: BaseHash = {
  multiplier: 0x2c1b3c6d,
  values: Int32Array.of(0x7feb352d, 0x846ca68b, 0x1b873593, 0xcc9e2d51),
};

export const BASE_HASH_2: BaseHash = {
  multiplier: 0x297a2d39,
  values: Int32Array.of(0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1),
};

/** `base` to the power of `exponent`, modulo 2^32. */
export function power32(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base);
  return result;
}

/** The smallest power of two, at least 32, that is not below `count`. */
export function powerOfTwo(count: number): number {
  let size = 32;
  while (size < count) size *= 2;
  return size;
}
