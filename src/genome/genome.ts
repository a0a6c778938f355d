/** What the rest of gdiff knows of a genome: names, lengths, and bases by interval. */

import type { Interval } from "./interval.ts";

/** A named sequence; `length` in bases. */
export interface Contig {
  readonly name: string;
  readonly length: number;
}

/** Where bases lie, which says what a read waits for. */
export type Residence = "memory" | "file" | "server";

export interface Genome {
  /** What messages and tables call it: a path, or the name of a built-in genome. */
  readonly name: string;
  readonly residence: Residence;
  /** In file order. */
  readonly contigs: readonly Contig[];
  /**
   * Reads the bases of one interval as ASCII, one byte a base: A C G T N, lower case where the file is
   * soft-masked; other IUPAC codes come as N or n. The caller owns the result.
   *
   * @throws {RegionError} when the contig is unknown or the interval does not lie on it
   * @throws {FastaError | TwoBitError | CompressionError | IndexFileError} when the file is not what its index says
   */
  read(interval: Interval): Promise<Uint8Array>;
  /**
   * The same at once, where the bytes can be had without waiting; into the start of `into` when given, which saves a
   * window a third of its time.
   */
  readSync?(interval: Interval, into?: Uint8Array): Uint8Array;
  /** Releases files; reads after it fail. */
  close(): Promise<void>;
}
