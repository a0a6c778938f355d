/** How near a test sequence is to what a model was trained on: by the k-mers that it shares with one training sequence. */

import { canonicalKmers } from "./canonical-kmers.ts";
import { kmerHolders } from "./kmer-holders.ts";
import { kmersThat } from "./kmers-that.ts";
import { sequenceIndex } from "./sequence-index.ts";

/** Bases of a k-mer: more than chance repeats in a genome, fewer than near copies differ in. */
const KMER_BASES = 24;
/** Training sequences for which a k-mer counts, so that a repeat of many thousands does not take their product in time. */
const MOST_TRAINS = 1024;
/** K-mers of test sequences that are in memory at once: bounds it to about 0.5 GB. */
const MOST_KMERS = 2 ** 23;

const NONE = -1;

export interface NearestTrainOptions {
  /** Bases of a k-mer. */
  readonly length?: number;
  /** A k-mer counts for so many of the training sequences that have it, the first ones. */
  readonly mostTrains?: number;
  /** K-mers of test sequences to hold in memory at once, or those of one sequence. */
  readonly mostKmers?: number;
}

/**
 * Returns for each test sequence the largest share, 0 … 1, of its distinct k-mers that one training sequence has, on either
 * strand (containment; Broder 1997). K-mers with an N do not count. A sequence without a k-mer has 1 where a training
 * sequence is equal to it on either strand, else 0.
 *
 * It is exact where no k-mer stands in more than `mostTrains` training sequences, otherwise at most too low.
 *
 * @param test token ids 0 … 4
 */
export function nearestTrain(
  test: readonly Uint8Array[],
  train: readonly Uint8Array[],
  options: NearestTrainOptions = {},
): Float64Array {
  const { length = KMER_BASES, mostTrains = MOST_TRAINS, mostKmers = MOST_KMERS } = options;
  const nearest = new Float64Array(test.length);
  const kmersOf = (i: number): number => Math.max(0, (test[i] as Uint8Array).length - length + 1);
  for (let from = 0; from < test.length; ) {
    let end = from + 1;
    let kmers = kmersOf(from);
    for (; end < test.length && kmers + kmersOf(end) <= mostKmers; end++) kmers += kmersOf(end);
    if (kmers > 0) measure(test.slice(from, end), from, train, length, mostTrains, nearest);
    from = end;
  }
  const walk = canonicalKmers(length);
  const withoutKmer = test.flatMap((ids, i) => {
    let count = 0;
    walk(ids, () => count++);
    return count === 0 ? [i] : [];
  });
  if (withoutKmer.length === 0) return nearest;
  const { firstEqual } = sequenceIndex(train);
  for (const i of withoutKmer) {
    nearest[i] = Number(firstEqual(test[i] as Uint8Array) !== undefined);
  }
  return nearest;
}

/** Reads `train` once, and writes the shares of `test` to `nearest`, from `from` on. */
function measure(
  test: readonly Uint8Array[],
  from: number,
  train: readonly Uint8Array[],
  length: number,
  mostTrains: number,
  nearest: Float64Array,
): void {
  const longest = train.reduce((most, ids) => Math.max(most, ids.length), 0);
  const likelyKmers = kmersThat(length, longest);
  const { kmers, mayHave, find, starts, holders, distinct } = kmerHolders(test, length);
  const last = new Int32Array(kmers).fill(NONE); // of each k-mer, the training sequence that had it last
  const trains = new Int32Array(kmers); // of each k-mer, training sequences that had it
  const shared = new Int32Array(test.length);
  for (const [number, ids] of train.entries()) {
    const touched: number[] = [];
    const likely = likelyKmers(ids, mayHave);
    for (let k = 0; k < likely.count; k++) {
      const kmer = find(likely.hashes[k] as number, ids, likely.starts[k] as number);
      if (kmer === undefined || last[kmer] === number || trains[kmer] === mostTrains) continue;
      last[kmer] = number;
      trains[kmer] = (trains[kmer] as number) + 1;
      const stop = starts[kmer + 1] as number;
      for (let at = starts[kmer] as number; at < stop; at++) {
        const i = holders[at] as number;
        if (shared[i] === 0) touched.push(i);
        shared[i] = (shared[i] as number) + 1;
      }
    }
    for (const i of touched) {
      const share = (shared[i] as number) / (distinct[i] as number);
      nearest[from + i] = Math.max(nearest[from + i] as number, share);
      shared[i] = 0;
    }
  }
}
