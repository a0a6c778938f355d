/**
 * Counts of k-mers as features, ln(1 + count), stored sparsely: 4 bytes for each k-mer that a sequence has, 6 where a
 * sequence is longer than 65,535 bases. 230,000 sequences of 400 bases take 370 MB at k = 6, where a full matrix of
 * float32 takes 3.8 GB.
 */

import { reverseComplementKmer } from "../reverse-complement-kmer.ts";
import { kmerCount, RollingContext } from "../rolling-context.ts";
import type { FeatureMatrix } from "./feature-matrix.ts";
import { sparseFeatures } from "./sparse-features.ts";

export interface KmerOptions {
  /** bases of a k-mer, 1 … 8 */
  readonly length: number;
  /** whether a k-mer and its reverse complement are one feature, so that both strands give the same row */
  readonly isStrandless: boolean;
}

const MAX_LENGTH = 8; // columns are stored in 16 bits
const MOST_IN_16_BITS = 0xffff;

/**
 * Counts the k-mers of each sequence of token ids; N breaks them, and a sequence shorter than k bases has none.
 *
 * @throws {RangeError} when the length is not in 1 … 8
 */
export function kmerFeatures(
  sequences: readonly Uint8Array[],
  { length, isStrandless }: KmerOptions,
): FeatureMatrix {
  if (!(Number.isInteger(length) && length >= 1 && length <= MAX_LENGTH)) {
    throw new RangeError(`internal: expected k-mers of 1 … ${MAX_LENGTH} bases, got ${length}`);
  }
  const { columnOf, columns } = isStrandless ? strandlessColumns(length) : allColumns(length);
  const places = sequences.reduce((sum, ids) => sum + Math.max(0, ids.length - length + 1), 0);
  const starts = new Uint32Array(sequences.length + 1);
  const entryColumns = new Uint16Array(places);
  const longest = sequences.reduce((most, ids) => Math.max(most, ids.length), 0);
  const entryCounts = new (longest > MOST_IN_16_BITS ? Uint32Array : Uint16Array)(places);
  const counts = new Uint32Array(columns);
  const context = new RollingContext(length - 1);
  let end = 0;
  sequences.forEach((ids, row) => {
    const begin = end;
    context.clear();
    for (const id of ids) {
      if (!context.push(id) || context.order < length - 1) continue;
      const column = columnOf[context.kmer] as number;
      const before = counts[column] as number;
      if (before === 0) entryColumns[end++] = column;
      counts[column] = before + 1;
    }
    for (let entry = begin; entry < end; entry++) {
      const column = entryColumns[entry] as number;
      entryCounts[entry] = counts[column] as number;
      counts[column] = 0;
    }
    starts[row + 1] = end;
  });
  return sparseFeatures({
    columns,
    starts,
    entryColumns: entryColumns.subarray(0, end),
    entryCounts: entryCounts.subarray(0, end),
    featureOf: Math.log1p,
  });
}

interface Columns {
  /** [4^k] column of each k-mer */
  readonly columnOf: Uint16Array;
  readonly columns: number;
}

function allColumns(length: number): Columns {
  const columns = kmerCount(length);
  return { columnOf: Uint16Array.from({ length: columns }, (_, kmer) => kmer), columns };
}

/** Numbers the pairs of a k-mer and its reverse complement in the order of their lower codes. */
function strandlessColumns(length: number): Columns {
  const columnOf = new Uint16Array(kmerCount(length));
  let columns = 0;
  for (let kmer = 0; kmer < columnOf.length; kmer++) {
    const twin = reverseComplementKmer(kmer, length);
    columnOf[kmer] = twin < kmer ? (columnOf[twin] as number) : columns++;
  }
  return { columnOf, columns };
}
