/** K-mers of a sequence whose hashes pass a quick test. */

import { canonicalKmers } from "./canonical-kmers.ts";

/** Of one sequence, as far as `count`; the arrays are those of the next one too. */
interface KmerList {
  readonly hashes: Int32Array;
  /** First base of each. */
  readonly starts: Int32Array;
  readonly count: number;
}

/**
 * Returns what lists the k-mers of `length` bases whose hashes pass `test`, from left to right. All are listed first and tested
 * then: tests that look up a large table wait for memory at the same time, not one after the other.
 *
 * @param longest bases of the longest sequence
 */
export function kmersThat(
  length: number,
  longest: number,
): (ids: Uint8Array, test: (hash: number) => boolean) => KmerList {
  const walk = canonicalKmers(length);
  const hashes = new Int32Array(longest);
  const starts = new Int32Array(longest);
  return (ids, test) => {
    let all = 0;
    walk(ids, (hash, start) => {
      hashes[all] = hash;
      starts[all] = start;
      all++;
    });
    let count = 0;
    for (let k = 0; k < all; k++) {
      const hash = hashes[k] as number;
      hashes[count] = hash;
      starts[count] = starts[k] as number;
      count += Number(test(hash));
    }
    return { hashes, starts, count };
  };
}
