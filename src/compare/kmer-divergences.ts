/** How far the k-mers of two sets of sequences are from each other, without intervals. */

import { jensenShannonBits } from "../stats/divergence.ts";
import { sumBlocks } from "./block-sums.ts";
import { ALL_KMERS, addKmers, KMER_LENGTHS, kmersOf } from "./kmer-counts.ts";

/** Jensen–Shannon divergence in bits for k = 1 … 6; NaN where a set has no k-mer. */
export function kmerDivergences(
  own: readonly Uint8Array[],
  reference: readonly Uint8Array[],
): readonly number[] {
  const counts = (sequences: readonly Uint8Array[]): Float64Array =>
    sumBlocks(sequences, 1, ALL_KMERS, addKmers).values;
  const [a, b] = [counts(own), counts(reference)];
  return KMER_LENGTHS.map((k) => jensenShannonBits(kmersOf(a, k), kmersOf(b, k)));
}
