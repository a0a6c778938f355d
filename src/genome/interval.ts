/** Coordinates. Inside gdiff they are 0-based and half-open; region text exists only at the edge (region.ts). */

/** `[start, end)`, 0-based, half-open, in bases on one contig. */
export interface Interval {
  readonly contig: string;
  readonly start: number;
  readonly end: number;
}

export type Strand = "+" | "-";

/** A place whose bases are read on one strand: "-" is the reverse complement of what the genome has. */
export interface StrandedInterval extends Interval {
  readonly strand: Strand;
}

/** Length in bases. */
export function intervalLength(interval: Interval): number {
  return interval.end - interval.start;
}
