/** Raw deflate streams (RFC 1951), as in the blocks of a BGZF file, decompressed into memory of known size. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** Why a stream was refused; negative, where a count of bytes would be. */
enum InflateFault : int64_t {
  /** The stream goes on where its bytes end. */
  kInflateCut = -1,
  /** A block of the reserved type, or a stored one whose length and its complement disagree. */
  kInflateBlock = -2,
  /** Code lengths that make no prefix code, or none for the end of the block. */
  kInflateCode = -3,
  /** Bits that are no symbol's code. */
  kInflateSymbol = -4,
  /** A match that begins before the text. */
  kInflateDistance = -5,
  /** More text than there is room for. */
  kInflateRoom = -6,
};

struct InflateKernels {
  /** Returns the bytes written to `to`, at most `room`, or an InflateFault; then `to` holds anything. */
  int64_t (*raw)(const uint8_t* from, size_t fromSize, uint8_t* to, size_t room);
};

}  // namespace gdiff
