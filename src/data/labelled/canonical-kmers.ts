/** The k-mers of a sequence with a hash that does not tell a k-mer from its reverse complement. */

import { BASE_COUNT, isBase } from "../../tokens/alphabet.ts";
import { BASE_HASH_1, power32 } from "../audit/base-hash.ts";

/** Called with a hash of 32 bits (signed) and the first base of the k-mer. */
export type OnKmer = (hash: number, start: number) => void;

/**
 * Returns a walk over the k-mers of `length` bases of a sequence, from left to right; those with an N are left out.
 *
 * One rolling hash reads the strand, one its complement backwards; their sum and product do not say which was which.
 */
export function canonicalKmers(length: number): (ids: Uint8Array, onKmer: OnKmer) => void {
  const { multiplier, values } = BASE_HASH_1;
  const inverse = inverse32(multiplier);
  const highest = power32(multiplier, length - 1);
  const leaving = values.map((value) => Math.imul(value, Math.imul(highest, multiplier)));
  const valueAt = (id: number): number => values[id] as number;
  return (ids, onKmer) => {
    let run = 0; // bases since the last N, at most `length`
    let [forward, reverse, weight] = [0, 0, 1]; // weight: multiplier to the power of `run`
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      if (!isBase(id)) {
        run = 0;
        forward = 0;
        reverse = 0;
        weight = 1;
        continue;
      }
      const twin = BASE_COUNT - 1 - id;
      forward = (Math.imul(forward, multiplier) + valueAt(id)) | 0;
      if (run < length) {
        reverse = (reverse + Math.imul(valueAt(twin), weight)) | 0;
        weight = Math.imul(weight, multiplier);
        run++;
      } else {
        const gone = ids[i - length] as number;
        forward = (forward - (leaving[gone] as number)) | 0;
        reverse = Math.imul((reverse - valueAt(BASE_COUNT - 1 - gone)) | 0, inverse);
        reverse = (reverse + Math.imul(valueAt(twin), highest)) | 0;
      }
      if (run === length) onKmer(mix(forward, reverse), i - length + 1);
    }
  };
}

/** Whether two k-mers are equal, or one is the reverse complement of the other. Both are of bases alone. */
export function isSameKmer(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): boolean {
  let i = 0;
  while (i < length && a[aStart + i] === b[bStart + i]) i++;
  if (i === length) return true;
  const last = bStart + length - 1;
  for (i = 0; i < length; i++) {
    if ((a[aStart + i] as number) + (b[last - i] as number) !== BASE_COUNT - 1) return false;
  }
  return true;
}

/** Spreads what two hashes have together over 32 bits, whichever comes first. */
function mix(a: number, b: number): number {
  let bits = (Math.imul(a + b, 0x9e3779b1) ^ Math.imul(a, b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return bits ^ (bits >>> 15);
}

/** The inverse of an odd number modulo 2^32, by Newton's iteration: every round doubles the bits that are right. */
function inverse32(odd: number): number {
  let inverse = odd; // right in three bits
  for (let bits = 3; bits < 32; bits *= 2) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}
