/** Numbers as JavaScript converts them to int32. */
#pragma once

#include <cstdint>

#include "simd.h"

namespace gdiff::GDIFF_ISA {

/** ToInt32 of ECMA-262: towards zero, modulo 2^32; NaN and infinities give 0. */
GDIFF_INLINE int32_t toInt32(double value) {
  if (value > -2147483649.0 && value < 2147483648.0) return static_cast<int32_t>(value);
  if (!(__builtin_fabs(value) < __builtin_inf())) return 0;
  const double rest = __builtin_fmod(__builtin_trunc(value), 4294967296.0);
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(rest)));
}

}  // namespace gdiff::GDIFF_ISA
