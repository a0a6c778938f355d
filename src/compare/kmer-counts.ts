/** Counts of all k-mers of several lengths, in one pass. */

import { kmerCount, RollingContext } from "../stats/rolling-context.ts";
import { increase } from "./additive.ts";
import type { AddSequence } from "./block-sums.ts";

/** Lengths of the k-mers that are compared, in bases. */
export const KMER_LENGTHS = [1, 2, 3, 4, 5, 6] as const;
const LONGEST = 6;

/** Where the counts of each length begin among those of all: after those of shorter ones. */
const KMER_STARTS: readonly number[] = KMER_LENGTHS.map((length) =>
  KMER_LENGTHS.filter((other) => other < length).reduce((sum, other) => sum + kmerCount(other), 0),
);

/** Counters of all lengths. */
export const ALL_KMERS: number = KMER_LENGTHS.reduce((sum, length) => sum + kmerCount(length), 0);

/** Digits of the newest k bases. */
const DIGITS: readonly number[] = KMER_LENGTHS.map((length) => kmerCount(length) - 1);

/** Adds the k-mers of a sequence, each length apart; N breaks them. */
export const addKmers: AddSequence = (ids, sums, at) => {
  const context = new RollingContext(LONGEST - 1);
  for (const id of ids) {
    if (!context.push(id)) continue;
    for (let order = 0; order <= context.order; order++) {
      const code = context.kmer & (DIGITS[order] as number);
      increase(sums, at + (KMER_STARTS[order] as number) + code, 1);
    }
  }
};

/** The counts of one length, [4^length]. */
export function kmersOf(sums: Float64Array, length: number): Float64Array {
  const start = KMER_STARTS[length - 1] as number;
  return sums.subarray(start, start + kmerCount(length));
}

/** Letters of a k-mer code. */
export function kmerText(code: number, length: number): string {
  return Array.from({ length }, (_, i) => "ACGT"[(code >> (2 * (length - 1 - i))) & 3]).join("");
}
