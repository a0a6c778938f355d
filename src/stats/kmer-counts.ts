/** Counts of all k-mers of a sequence of token ids, on the strand that it is given on. */

import { kmerCount, RollingContext } from "./rolling-context.ts";

/** Returns [4^k] counts in the order AA…A to TT…T; k-mers with N are not counted; `k` in 1 … 13. */
export function kmerCounts(ids: Uint8Array, k: number): Uint32Array {
  const context = new RollingContext(k - 1);
  const counts = new Uint32Array(kmerCount(k));
  for (const id of ids) {
    if (!context.push(id) || context.order < k - 1) continue;
    counts[context.kmer] = (counts[context.kmer] as number) + 1;
  }
  return counts;
}
