/** Labelled sequences that must not be parted since they share bases: how it is told where no coordinates are known. */

import { canonicalKmers } from "./canonical-kmers.ts";
import { disjointSets } from "./disjoint-sets.ts";
import { kmerTable } from "./kmer-table.ts";
import { sequenceIndex } from "./sequence-index.ts";

/** Bases in a row that two sequences must share to belong together. */
export const SHARED_BASES = 64;

/** K-mers that are in memory at once: bounds it to about 0.15 GB, however many sequences there are. */
const MOST_KMERS = 6_000_000;
const HASHES = 2 ** 32;

export interface KmerGroupOptions {
  /** Bases of a k-mer. */
  readonly length?: number;
  /** K-mers to hold in memory at once, of all that the sequences have. */
  readonly mostKmers?: number;
}

/**
 * Returns the group of each sequence. Two that share a k-mer, or one's k-mer and the other's reverse complement, are in one
 * group, and so are those that others connect; k-mers with an N do not count. Sequences that are equal on either strand are
 * in one group however short. Groups are counted from 0 in the order of their first members.
 *
 * Where there are more k-mers than fit, the sequences are read several times, each time for the k-mers of some hashes.
 *
 * @param sequences token ids 0 … 4
 */
export function kmerGroups(
  sequences: readonly Uint8Array[],
  { length = SHARED_BASES, mostKmers = MOST_KMERS }: KmerGroupOptions = {},
): Int32Array {
  const sets = disjointSets(sequences.length);
  const { firstEqual } = sequenceIndex(sequences);
  const distinct: number[] = [];
  let kmers = 0;
  for (const [i, ids] of sequences.entries()) {
    const first = firstEqual(ids) ?? i;
    sets.join(first, i);
    if (first !== i) continue;
    distinct.push(i);
    kmers += Math.max(0, ids.length - length + 1);
  }
  const walk = canonicalKmers(length);
  const rounds = Math.ceil(kmers / mostKmers);
  const table = kmerTable(sequences, length, kmers / Math.max(1, rounds));
  for (let round = 0; round < rounds; round++, table.clear()) {
    for (const i of distinct) {
      walk(sequences[i] as Uint8Array, (hash, start) => {
        if (Math.floor((hash >>> 0) * (rounds / HASHES)) !== round) return;
        sets.join(table.sequenceOf(table.add(hash, i, start)), i);
      });
    }
  }
  return sets.groups();
}
