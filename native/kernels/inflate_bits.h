/** The bits of a deflate stream (RFC 1951, section 3.1.1). */
#pragma once

#include <cstdint>

#include "simd.h"

namespace gdiff::GDIFF_ISA {

/** The stream's next bits, the first lowest. */
struct DeflateBits {
  const uint8_t* next;
  const uint8_t* end;
  uint64_t value = 0;
  int count = 0;

  /** At least 56 bits, where 8 bytes are left. */
  __attribute__((always_inline)) void fill() {
    uint64_t word;
    __builtin_memcpy(&word, next, 8);
    value |= word << count;
    next += (63 - count) >> 3;
    count |= 56;
  }
  /** As many bits as are left, at most 63. */
  void fillSlowly() {
    while (count < 56 && next < end) {
      value |= uint64_t{*next++} << count;
      count += 8;
    }
  }
  __attribute__((always_inline)) void drop(int bits) {
    value >>= bits;
    count -= bits;
  }
  /** After fill(), which leaves bits above the counted ones. */
  void settle() { value &= (uint64_t{1} << count) - 1; }

  /** The next bits as a number; −1 where the stream ends before. */
  int take(int bits) {
    fillSlowly();
    if (count < bits) return -1;
    const int result = static_cast<int>(value & ((uint64_t{1} << bits) - 1));
    drop(bits);
    return result;
  }
};

GDIFF_INLINE uint64_t lowBits(uint64_t value, int bits) { return value & ((uint64_t{1} << bits) - 1); }

}  // namespace gdiff::GDIFF_ISA
