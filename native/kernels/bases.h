/** Letters of DNA in FASTA lines, as src/genome/plain-byte-loops.ts reads them; that file is the definition. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** How the bases of a contig lie in its text. */
struct BaseLines {
  /** Bases before the first base of the text in its line. */
  size_t column;
  /** Bases of a full line. */
  size_t lineBases;
  /** Bytes of a line end: 1, LF, or 2, CR LF. */
  size_t endBytes;
};

/** Runs of bases on a contig, ascending, apart from each other. */
struct BaseRuns {
  const uint32_t* starts;
  const uint32_t* lengths;
  size_t count;
};

struct BasesKernels {
  /**
   * Copies up to `count` bases from the first `size` bytes of `from`, without line ends, to `to`: as they are, or
   * other codes than A C G T N as N. Returns how many were copied before the bytes ended or one was no nucleotide code
   * or not the line end that belongs there.
   */
  size_t (*unwrap)(const uint8_t* from, size_t size, const BaseLines& lines, bool keepsCodes, uint8_t* to,
                   size_t count);
  /** A0 C1 G2 T3 N4, and 1 where the letter is lower case; returns how many came before another letter, or `count`. */
  size_t (*encode)(const uint8_t* bases, size_t count, uint8_t* ids, uint8_t* isSoftMasked);
  /**
   * Writes the letters of `count` bases that are packed by two bits, T 0, C 1, A 2, G 3, the first in the highest bits of
   * its byte, from base `start` of a contig on, whose byte is the first of `packed`; N and lower case by their runs.
   */
  void (*unpack)(const uint8_t* packed, size_t start, const BaseRuns& unknown, const BaseRuns& softMasked, uint8_t* to,
                 size_t count);
};

}  // namespace gdiff
