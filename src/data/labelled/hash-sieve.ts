/** A sieve for hashes: most of those that were not added are told at once, in memory that a processor keeps near. */

import { powerOfTwo } from "../audit/base-hash.ts";

/** Bits for each hash: one in so many of the others passes by chance. */
const BITS = 16;

export interface HashSieve {
  add(hash: number): void;
  /** False where `hash` was never added; true for all that were, and by chance for some others. */
  mayHave(hash: number): boolean;
}

/** Returns an empty sieve for about `expected` hashes of 32 bits. */
export function hashSieve(expected: number): HashSieve {
  const bits = Math.min(2 ** 31, powerOfTwo(BITS * expected));
  const shift = Math.clz32(bits) + 1;
  const words = new Int32Array(bits / 32);
  return {
    add(hash) {
      const bit = hash >>> shift;
      words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
    },
    mayHave(hash) {
      const bit = hash >>> shift;
      return ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
    },
  };
}
