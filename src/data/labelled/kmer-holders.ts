/** Which of some sequences have each k-mer: those of a k-mer stand side by side, since a repeat has thousands of them. */

import { canonicalKmers } from "./canonical-kmers.ts";
import { hashSieve } from "./hash-sieve.ts";
import { kmerTable } from "./kmer-table.ts";

const NONE = -1;

/** K-mers are numbered from 0 on; each is one with its reverse complement. */
export interface KmerHolders {
  /** Distinct k-mers of all sequences. */
  readonly kmers: number;
  /** False where no k-mer has this hash of `canonicalKmers`; quick, and true by chance for some that none has. */
  mayHave(hash: number): boolean;
  /** Returns the number of the k-mer at `start` of `ids`. */
  find(hash: number, ids: Uint8Array, start: number): number | undefined;
  /** [kmers + 1] The sequences that have k-mer n are those of `holders` from starts[n] to starts[n + 1]. */
  readonly starts: Int32Array;
  /** Places of sequences, rising for each k-mer. */
  readonly holders: Int32Array;
  /** [sequences] distinct k-mers of each. */
  readonly distinct: Int32Array;
}

/** Indexes the k-mers of `length` bases of `sequences`, which it refers to; 40 to 70 bytes for each k-mer. */
export function kmerHolders(sequences: readonly Uint8Array[], length: number): KmerHolders {
  const most = sequences.reduce((sum, ids) => sum + Math.max(0, ids.length - length + 1), 0);
  const walk = canonicalKmers(length);
  const table = kmerTable(sequences, length, most);
  const sieve = hashSieve(most);
  const last = new Int32Array(most).fill(NONE); // of each k-mer, the sequence that had it last
  const counts = new Int32Array(most); // of each k-mer, sequences that have it
  const listed = new Int32Array(most); // distinct k-mers of the first sequence, then of the second …
  const distinct = new Int32Array(sequences.length);
  let end = 0;
  for (const [i, ids] of sequences.entries()) {
    const begin = end;
    walk(ids, (hash, start) => {
      const kmer = table.add(hash, i, start);
      if (last[kmer] === i) return;
      last[kmer] = i;
      sieve.add(hash);
      counts[kmer] = (counts[kmer] as number) + 1;
      listed[end++] = kmer;
    });
    distinct[i] = end - begin;
  }
  const kmers = table.size;
  const starts = new Int32Array(kmers + 1);
  for (let kmer = 0; kmer < kmers; kmer++) {
    starts[kmer + 1] = (starts[kmer] as number) + (counts[kmer] as number);
  }
  const holders = new Int32Array(end);
  const next = starts.slice();
  for (let i = 0, at = 0; i < sequences.length; i++) {
    for (const stop = at + (distinct[i] as number); at < stop; at++) {
      const kmer = listed[at] as number;
      const place = next[kmer] as number;
      holders[place] = i;
      next[kmer] = place + 1;
    }
  }
  return {
    kmers,
    mayHave: sieve.mayHave,
    find: table.find,
    starts,
    holders,
    distinct,
  };
}
