/**
 * The loops over bytes that reading DNA spends its time in. plain-byte-loops.ts is their definition, in JavaScript;
 * node-native-loops.ts has the add-on's, which compute the same faster.
 */

/** How the bases of a contig lie in its text. */
export interface BaseLines {
  /** Bases of a full line. */
  readonly lineBases: number;
  /** Bytes of a full line, its end included: LF or CR LF. */
  readonly lineWidth: number;
}

export interface ByteLoops {
  /**
   * Copies up to `count` bases out of the lines in `from[start … end)` to `to` at `at`, without the line ends: each in
   * its normal form (A C G T N, other IUPAC codes as N, the case as it is), or all as they are with `keepsCodes`.
   *
   * @param column bases of its line before the first byte
   * @returns how many bases were copied before the bytes ended, or came to one that is no nucleotide code or not the
   *   line end that belongs there
   */
  unwrap(
    from: Uint8Array,
    start: number,
    end: number,
    column: number,
    lines: BaseLines,
    keepsCodes: boolean,
    to: Uint8Array,
    at: number,
    count: number,
  ): number;
  /**
   * Writes the token id of each base (A0 C1 G2 T3 N4), and 1 where it is lower case, else 0.
   *
   * @returns how many were written before a byte that is none of ACGTNacgtn, or all
   */
  encode(bases: Uint8Array, ids: Uint8Array, isSoftMasked: Uint8Array): number;
  /** Where loops can read files by themselves. */
  readonly files?: FileLoops;
}

/** Runs of bases on a contig, ascending, apart from each other. */
export interface BaseRuns {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
}

/** What a .2bit record says of its bases, in one array, as it lies in the file. */
export interface RecordRuns {
  /** Starts of N, their lengths, starts of soft-masked bases, their lengths. */
  readonly values: Uint32Array;
  readonly unknownCount: number;
}

/** Reading and its loop in one step, for windows: what is not read whole is read again by the parser, which says why. */
export interface FileLoops {
  /** Bytes of a file that one call reads, at most. */
  readonly maxBytes: number;
  /**
   * Fills `to` with bases, in their normal form, out of the lines in `length` bytes at `offset`.
   *
   * @param column bases of its line before the first byte
   * @returns how many bases are right
   */
  readLines(
    descriptor: number,
    offset: number,
    length: number,
    column: number,
    lines: BaseLines,
    to: Uint8Array,
  ): number;
  /**
   * Fills `to` with the bases of a .2bit file from base `start` of a contig on, whose bytes begin at `packed`.
   *
   * @returns whether the file could be read
   */
  readPacked(
    descriptor: number,
    packed: number,
    start: number,
    runs: RecordRuns,
    to: Uint8Array,
  ): boolean;
}
